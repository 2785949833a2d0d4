//! The three files of a photo: sealed for their place, kept under random names.

use bytes::{Bytes, BytesMut};
use data_encoding::HEXLOWER;
use domain::submitted_photo::SubmittedPhoto;
use domain::{FieldError, PhotoId, ProblemCode, Refusal};
use futures_util::StreamExt;
use providers::blob::BlobKey;
use providers::keys::sha256;
use store::StoreError;

use super::shown::Image;
use crate::object::{self, Content, ObjectName};
use crate::vault::Sealer;
use crate::{Context, Failure};

/// The table for which files are sealed.
const TABLE: &str = "photos";

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

    pub(super) const fn as_str(self) -> &'static str {
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
    variant: Variant,
    key: &BlobKey,
    plain: &[u8],
) -> Result<(), Failure> {
    let sealed_file = match variant {
        // Up to 10 MB: in chunks, so that sending it out takes 1 MiB of memory.
        Variant::Original => {
            let name = ObjectName {
                key,
                table: TABLE,
                column: variant.as_str(),
                row: photo.0,
            };
            object::seal_in_chunks(sealer, name, plain)?
        }
        Variant::Framed | Variant::Thumb => sealer.seal(TABLE, variant.as_str(), photo.0, plain)?,
    };
    Ok(context.blobs.put(key, sealed_file.into()).await?)
}

/// Deletes files that no row names. What cannot be deleted now lies there sealed, and nothing leads to it.
pub(super) async fn discard(context: &Context, keys: &Keys) {
    for key in [&keys.original, &keys.framed, &keys.thumb] {
        discard_one(context, key).await;
    }
}

/// As [`discard`], of one file.
pub(super) async fn discard_one(context: &Context, key: &BlobKey) {
    if let Err(error) = context.blobs.delete(key).await {
        context.report("A file without a photo could not be deleted", &error.into());
    }
}

/// The name of a file of a photo in the object store.
fn key_of(photo: &SubmittedPhoto, variant: Variant) -> Result<BlobKey, StoreError> {
    let key: Option<BlobKey> = variant.key(photo).and_then(|name| name.parse().ok());
    key.ok_or_else(|| StoreError::Corrupt {
        what: format!("photos.{}_key", variant.as_str()),
    })
}

/// What tells a file of a photo from every other: a new file always has a new name, of which this is the hash.
pub(super) fn tag(photo: &SubmittedPhoto, variant: Variant) -> Result<String, Failure> {
    let key = key_of(photo, variant)?;
    Ok(HEXLOWER.encode(&sha256(key.as_str().as_bytes())[..16]))
}

/// Opens a file of a photo.
pub(super) async fn open(
    context: &Context,
    photo: &SubmittedPhoto,
    variant: Variant,
) -> Result<Image, Failure> {
    let key = key_of(photo, variant)?;
    let name = ObjectName {
        key: &key,
        table: TABLE,
        column: variant.as_str(),
        row: photo.id.0,
    };
    let file = Content::open(context, name).await?;
    let file = file.ok_or(Failure::Fault("a photo's file is missing"))?;
    Ok(Image {
        media_type: media_type(&file.start().await?)?,
        content: file,
    })
}

/// A whole file of a photo, in memory.
pub(super) async fn read(
    context: &Context,
    photo: &SubmittedPhoto,
    variant: Variant,
) -> Result<Bytes, Failure> {
    let stored = open(context, photo, variant).await?.content;
    let mut pieces = stored.read(0..stored.length());
    let mut file = BytesMut::new();
    while let Some(piece) = pieces.next().await {
        file.extend_from_slice(&piece?);
    }
    Ok(file.freeze())
}

/// How a JPEG and a PNG begin. Only such files are stored.
const SIGNATURES: [(&[u8], &str); 2] = [
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
];

fn media_type(start: &[u8]) -> Result<&'static str, Failure> {
    let found = SIGNATURES
        .iter()
        .find(|(begin, _)| start.starts_with(begin));
    let (_, media_type) = found.ok_or(Failure::Fault("a stored photo is no picture"))?;
    Ok(media_type)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::jpeg(b"\xff\xd8\xff\xe0\0\x10JFIF", Some("image/jpeg"))]
    #[case::png(b"\x89PNG\r\n\x1a\n\0\0", Some("image/png"))]
    #[case::gif(b"GIF89a", None)]
    #[case::half_a_signature(b"\x89PNG", None)]
    #[case::empty(b"", None)]
    fn a_picture_is_known_by_its_beginning(#[case] start: &[u8], #[case] expected: Option<&str>) {
        assert_eq!(media_type(start).ok(), expected);
    }

    #[rstest]
    #[case("framed", Variant::Framed)]
    #[case("original", Variant::Original)]
    #[case("thumb", Variant::Thumb)]
    fn a_file_is_asked_for_by_its_word(#[case] word: &str, #[case] expected: Variant) {
        assert_eq!(Variant::parse(word), Ok(expected));
        assert_eq!(expected.as_str(), word);
    }

    #[rstest]
    #[case::empty("")]
    #[case::capital("Framed")]
    #[case::another("raw")]
    fn another_word_is_refused_with_the_words_that_there_are(#[case] word: &str) {
        let refusal = Variant::parse(word).unwrap_err();
        let field = &refusal.fields[0];
        assert_eq!(field.code, ProblemCode::PhotoVariantUnknown);
        assert_eq!(
            field.facts,
            [("expected", "framed, original, thumb".to_owned())]
        );
    }
}
