//! The three files of a photo: sealed for their place, kept under random names.

use bytes::Bytes;
use domain::submitted_photo::SubmittedPhoto;
use domain::{FieldError, PhotoId, ProblemCode, Refusal};
use photo::{Kind, Limits};
use providers::blob::BlobKey;
use store::StoreError;

use super::shown::Image;
use crate::vault::Sealer;
use crate::{Context, Failure};

/// Which file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variant {
    /// The result.
    Framed,
    /// The file as it came.
    Original,
    /// The result, small.
    Thumb,
}

impl Variant {
    const ALL: [Self; 3] = [Self::Framed, Self::Original, Self::Thumb];

    /// Reads a word of the API.
    pub(super) fn parse(word: &str) -> Result<Self, Refusal> {
        Self::ALL
            .into_iter()
            .find(|variant| variant.as_str() == word)
            .ok_or_else(|| {
                let error = FieldError::new("/variant", ProblemCode::PhotoVariantUnknown);
                Refusal::field(error.with("expected", Self::ALL.map(Self::as_str).join(", ")))
            })
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Framed => "framed",
            Self::Original => "original",
            Self::Thumb => "thumb",
        }
    }

    /// The name of the file; `None` once it was deleted.
    pub(super) fn key(self, photo: &SubmittedPhoto) -> Option<&str> {
        match self {
            Self::Framed => photo.framed_key.as_deref(),
            Self::Original => photo.original_key.as_deref(),
            Self::Thumb => photo.thumb_key.as_deref(),
        }
    }
}

/// The names of a photo's files.
#[derive(Debug)]
pub(super) struct Keys {
    /// Of the file as it came.
    pub(super) original: BlobKey,
    /// Of the result.
    pub(super) framed: BlobKey,
    /// Of the result, small.
    pub(super) thumb: BlobKey,
}

impl Keys {
    /// New names.
    pub(super) fn random(context: &Context) -> Self {
        let key = || BlobKey::random(context.random.as_ref());
        Self {
            original: key(),
            framed: key(),
            thumb: key(),
        }
    }
}

/// Seals a file for its photo and puts it away.
pub(super) async fn put(
    context: &Context,
    sealer: &Sealer,
    photo: PhotoId,
    (variant, key): (Variant, &BlobKey),
    plain: &[u8],
) -> Result<(), Failure> {
    let sealed_file = sealer.seal("photos", variant.as_str(), photo.0, plain)?;
    Ok(context.blobs.put(key, sealed_file.into()).await?)
}

/// Deletes files that no row names. What cannot be deleted now lies there sealed, and nothing leads to it.
pub(super) async fn discard(context: &Context, keys: &Keys) {
    for key in [&keys.original, &keys.framed, &keys.thumb] {
        if let Err(error) = context.blobs.delete(key).await {
            context.report("A file without a photo could not be deleted", &error.into());
        }
    }
}

/// Opens a file of a photo.
pub(super) async fn open(
    context: &Context,
    photo: &SubmittedPhoto,
    variant: Variant,
) -> Result<Image, Failure> {
    let key: Option<BlobKey> = variant.key(photo).and_then(|name| name.parse().ok());
    let key = key.ok_or_else(|| StoreError::Corrupt {
        what: format!("photos.{}_key", variant.as_str()),
    })?;
    let sealed = context.blobs.get(&key).await?;
    let sealed = sealed.ok_or(Failure::Fault("a photo's file is missing"))?;
    let plain = context
        .open("photos", variant.as_str(), photo.id.0, &sealed)
        .await?;
    Ok(Image {
        media_type: media_type(&plain)?,
        bytes: Bytes::from(plain),
    })
}

fn media_type(file: &[u8]) -> Result<&'static str, Failure> {
    let any_size = Limits {
        min_width: 1,
        min_height: 1,
        ..Limits::default()
    };
    match photo::inspect(file, &any_size).map(|facts| facts.kind) {
        Ok(Kind::Jpeg) => Ok("image/jpeg"),
        Ok(Kind::Png) => Ok("image/png"),
        Err(_) => Err(Failure::Fault("a stored photo is no picture")),
    }
}
