//! Files of the bundle: each is written with a brotli and a gzip twin beside it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result, bail};
use brotli::enc::BrotliEncoderParams;
use clap::ValueEnum;
use data_encoding::BASE32_NOPAD;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::folder::files_below;

/// How many base-32 characters of the hash a name carries: 60 bits.
const HASH_LENGTH: usize = 12;

/// Smaller than this, or compressed already: a twin would gain nothing.
const WORTH_COMPRESSING_BYTES: usize = 128;
const COMPRESSED: [&str; 6] = ["avif", "gz", "jpg", "png", "webp", "woff2"];

/// How much time goes into making the twins small.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Compression {
    /// As small as they get: a minute for the whole web app
    Smallest,
    /// Within a second: for who tries the product on the same machine
    Quick,
}

impl Compression {
    /// Brotli's quality, 0 to 11.
    const fn brotli(self) -> i32 {
        match self {
            Self::Smallest => 11,
            Self::Quick => 4,
        }
    }

    const fn gzip(self) -> flate2::Compression {
        match self {
            Self::Smallest => flate2::Compression::best(),
            Self::Quick => flate2::Compression::fast(),
        }
    }
}

/// The bundle as it grows: where it lies, and the address of each file by its own name.
#[derive(Debug)]
pub(crate) struct Assets {
    dist: PathBuf,
    compression: Compression,
    addresses: BTreeMap<String, String>,
    /// The files that get twins, by their length.
    without_twins: Vec<(usize, PathBuf)>,
}

impl Assets {
    /// An empty bundle in a folder that is made when needed.
    pub(crate) fn new(dist: &Path, compression: Compression) -> Self {
        Self {
            dist: dist.to_path_buf(),
            compression,
            addresses: BTreeMap::new(),
            without_twins: Vec::new(),
        }
    }

    /// Adds `name` as `assets/stem-hash.extension`; its address fills `{{name}}` from now on. A name may have folders.
    pub(crate) fn hashed(&mut self, name: &str, content: &[u8]) -> Result<()> {
        let (stem, extension) = name
            .rsplit_once('.')
            .context("an asset's name has an extension")?;
        let hash = BASE32_NOPAD.encode(&Sha256::digest(content)).to_lowercase();
        let path = format!("assets/{stem}-{}.{extension}", &hash[..HASH_LENGTH]);
        self.keep(&path, content)?;
        self.addresses.insert(name.to_owned(), format!("/{path}"));
        Ok(())
    }

    /// Adds a file under its own path.
    pub(crate) fn keep(&mut self, path: &str, content: &[u8]) -> Result<()> {
        let file = self.dist.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, content)?;
        let extension = file
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        if content.len() >= WORTH_COMPRESSING_BYTES && !COMPRESSED.contains(&extension) {
            self.without_twins.push((content.len(), file));
        }
        Ok(())
    }

    /// Writes the twins of all files, on all processors; the largest files, which take longest, first.
    pub(crate) fn finish(mut self) -> Result<()> {
        let mut files = std::mem::take(&mut self.without_twins);
        files.sort_unstable();
        let files = Mutex::new(files);
        let next = || files.lock().ok().and_then(|mut files| files.pop());
        let work = || {
            while let Some((_, file)) = next() {
                self.write_twins(&file)?;
            }
            Ok(())
        };
        let threads = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            threads.into_iter().try_for_each(|thread| {
                let ended = thread.join();
                ended.unwrap_or_else(|_| bail!("compressing a file panicked"))
            })
        })
    }

    fn write_twins(&self, file: &Path) -> Result<()> {
        let content = fs::read(file)?;
        let twin = |extension: &str| {
            let mut twin = file.as_os_str().to_owned();
            twin.push(extension);
            twin
        };
        fs::write(twin(".br"), self.brotli(&content)?)?;
        fs::write(twin(".gz"), self.gzip(&content)?)?;
        Ok(())
    }

    /// Adds all files below a folder under their own paths, below `prefix`; none where the folder is missing.
    pub(crate) fn keep_below(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        for file in files_below(folder)? {
            let path = Path::new(prefix).join(file.strip_prefix(folder)?);
            self.keep(
                path.to_str().context("a static file's name is UTF-8")?,
                &fs::read(&file)?,
            )?;
        }
        Ok(())
    }

    /// The text with every `{{name}}` replaced by the file's address.
    ///
    /// # Errors
    /// Where a name is not in the bundle (yet).
    pub(crate) fn fill(&self, text: &str) -> Result<String> {
        let mut parts = text.split("{{");
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part
                .split_once("}}")
                .context("a placeholder is not closed")?;
            let address = self
                .addresses
                .get(name)
                .with_context(|| format!("the bundle has no {name}"))?;
            filled.push_str(address);
            filled.push_str(rest);
        }
        Ok(filled)
    }

    fn brotli(&self, content: &[u8]) -> Result<Vec<u8>> {
        let parameters = BrotliEncoderParams {
            quality: self.compression.brotli(),
            lgwin: 22,
            ..BrotliEncoderParams::default()
        };
        let mut compressed = Vec::new();
        brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
        Ok(compressed)
    }

    fn gzip(&self, content: &[u8]) -> Result<Vec<u8>> {
        let mut encoder = GzEncoder::new(Vec::new(), self.compression.gzip());
        encoder.write_all(content)?;
        Ok(encoder.finish()?)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_name_changes_with_the_content() {
        let folder = tempfile::tempdir().unwrap();
        let mut assets = Assets::new(folder.path(), Compression::Quick);
        assets.hashed("app.js", b"one").unwrap();
        let one = assets.fill("{{app.js}}").unwrap();
        assets.hashed("app.js", b"two").unwrap();
        let two = assets.fill("{{app.js}}").unwrap();
        assert_ne!(one, two);
        assert!(one.starts_with("/assets/app-"), "{one}");
    }

    #[test]
    fn an_unknown_name_is_refused() {
        let assets = Assets::new(Path::new("unused"), Compression::Quick);
        assert!(assets.fill("<link href=\"{{style.css}}\">").is_err());
        assert!(assets.fill("{{style.css").is_err());
        assert_eq!(
            assets.fill("no { placeholder }").unwrap(),
            "no { placeholder }"
        );
    }

    #[test]
    fn the_twins_hold_the_same_content() {
        let folder = tempfile::tempdir().unwrap();
        let content = "毕业生图像采集 ".repeat(100);
        let mut assets = Assets::new(folder.path(), Compression::Quick);
        assets.keep("page.html", content.as_bytes()).unwrap();
        assets.finish().unwrap();

        let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
        let mut unzipped = String::new();
        flate2::read::GzDecoder::new(&read("page.html.gz")[..])
            .read_to_string(&mut unzipped)
            .unwrap();
        let mut unbrotlied = Vec::new();
        brotli::BrotliDecompress(&mut &read("page.html.br")[..], &mut unbrotlied).unwrap();
        assert_eq!(unzipped, content);
        assert_eq!(unbrotlied, content.as_bytes());
    }

    #[test]
    fn pictures_get_no_twins() {
        let folder = tempfile::tempdir().unwrap();
        let mut assets = Assets::new(folder.path(), Compression::Quick);
        assets.keep("icon.png", &[0; 1000]).unwrap();
        assets.finish().unwrap();
        assert_eq!(
            files_below(folder.path()).unwrap(),
            [folder.path().join("icon.png")]
        );
    }
}
