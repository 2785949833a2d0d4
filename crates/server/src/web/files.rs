//! Where the web app's files come from.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

use actix_web::web::Bytes;
use rust_embed::RustEmbed;

/// What `cargo xtask web` built; read from disk in debug builds.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../frontend/dist"]
#[allow_missing = true]
struct Dist;

/// Where the web app's files come from.
#[derive(Debug)]
pub(super) enum Files {
    /// The binary.
    Embedded,
    /// A folder.
    Folder(PathBuf),
    /// There are none.
    None,
}

impl Files {
    /// A file by its path below the root; `None` where there is none.
    pub(super) fn read(&self, name: &str) -> Option<Bytes> {
        let path = Path::new(name);
        if !path
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
        {
            return None;
        }
        match self {
            Self::Embedded => Dist::get(name).map(|file| match file.data {
                Cow::Borrowed(data) => Bytes::from_static(data),
                Cow::Owned(data) => Bytes::from(data),
            }),
            Self::Folder(root) => std::fs::read(root.join(path)).ok().map(Bytes::from),
            Self::None => None,
        }
    }
}
