//! The key file: JSON, readable by its owner alone.

use super::{
    BlindIndex, KeyId, KeyProvider, KeyState, KeyedIndex, OtpSubject, Place, SealError, SealingKey,
    TokenKey, hash, index::IndexKey, key_id,
};
use crate::{Random, entropy::bytes};
use aws_lc_rs::signature::Ed25519KeyPair;
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::Path,
};
use zeroize::{Zeroize, Zeroizing};

/// The form that this code reads.
const VERSION: u32 = 1;

/// Why there is no usable key file.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It cannot be read or written. An existing file is never overwritten.
    #[error("the key file cannot be used")]
    Io(#[from] io::Error),
    /// Others than its owner may use it: `chmod 600`.
    #[error("the key file's mode is {0:03o}; it must be 600")]
    TooOpen(u32),
    /// It is not of the expected form.
    #[error("the key file cannot be read")]
    Form(#[from] serde_json::Error),
    /// It was written for other code.
    #[error("the key file has version {0}")]
    Version(u32),
    /// A key cannot be used.
    #[error("a key for {0} cannot be used")]
    Key(&'static str),
    /// Each purpose needs exactly one active key.
    #[error("{0} does not have exactly one active key")]
    Active(&'static str),
    /// A rotation was not finished.
    #[error("{0} has a next key already: activate it first")]
    HasNext(&'static str),
    /// A rotation was not begun.
    #[error("{0} has no next key: rotate it first")]
    NoNext(&'static str),
}

/// What a key of the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPurpose {
    /// Wraps the data keys in the database.
    KeyEncryption,
    /// Finds accounts by phone.
    PhoneIndex,
    /// Protects one-time codes, which outlive nothing.
    OtpPepper,
    /// Signs access tokens.
    TokenSigning,
}

impl KeyPurpose {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::KeyEncryption,
        Self::PhoneIndex,
        Self::OtpPepper,
        Self::TokenSigning,
    ];

    /// Its name in the key file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::KeyEncryption => "key_encryption",
            Self::PhoneIndex => "phone_index",
            Self::OtpPepper => "otp_pepper",
            Self::TokenSigning => "token_signing",
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    version: u32,
    /// Made by a server for itself, outside production.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    development: bool,
    key_encryption: Vec<KeyText>,
    phone_index: Vec<KeyText>,
    /// Written before each task had an index secret of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    id_index: Vec<KeyText>,
    otp_pepper: Vec<KeyText>,
    token_signing: Vec<KeyText>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyText {
    id: String,
    state: KeyState,
    /// Base64 of 32 bytes, or of PKCS#8 for a signing key.
    secret: String,
}

impl Drop for KeyText {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

/// The keys of one installation; of each purpose the active one first.
pub struct KeyFile {
    is_for_development: bool,
    key_encryption: Vec<SealingKey>,
    phone_index: Vec<(KeyId, IndexKey)>,
    derived_id_index: Vec<IndexSecret>,
    otp_pepper: Zeroizing<[u8; 32]>,
    token_signing: Vec<TokenKey>,
}

/// A secret from which the index keys of tasks were derived before each had a secret of its own.
type IndexSecret = (KeyId, Zeroizing<[u8; 32]>);

impl fmt::Debug for KeyFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("KeyFile")
            .field("key_encryption", &self.key_encryption)
            .field("token_signing", &self.token_signing)
            .finish_non_exhaustive()
    }
}

impl KeyFile {
    /// Makes a key file with new keys. A file that is there already is an error: whatever was
    /// sealed with its keys would be lost.
    pub fn create(path: &Path, random: &dyn Random) -> Result<Self, KeyFileError> {
        let text = Text::new(random)?;
        write(path, &text)?;
        Self::read(text)
    }

    /// As [`Self::create`], and the file says that it was made for development.
    pub fn create_for_development(path: &Path, random: &dyn Random) -> Result<Self, KeyFileError> {
        let mut text = Text::new(random)?;
        text.development = true;
        write(path, &text)?;
        Self::read(text)
    }

    /// Whether the file was made for development, whose keys nobody kept safe.
    pub fn is_for_development(&self) -> bool {
        self.is_for_development
    }

    /// Adds a new key for a purpose to a key file, which every copy of the server must know before it is
    /// [activated](Self::activate).
    ///
    /// # Errors
    /// [`KeyFileError::HasNext`] where the last rotation was not finished; otherwise as [`Self::load`]. The file is then
    /// unchanged.
    pub fn rotate(
        path: &Path,
        purpose: KeyPurpose,
        random: &dyn Random,
    ) -> Result<(), KeyFileError> {
        let mut text = read_text(path)?;
        let keys = text.keys_mut(purpose);
        if keys.iter().any(|key| key.state == KeyState::Next) {
            return Err(KeyFileError::HasNext(purpose.as_str()));
        }
        let mut key = match purpose {
            KeyPurpose::TokenSigning => KeyText::signing(random)?,
            KeyPurpose::KeyEncryption | KeyPurpose::PhoneIndex | KeyPurpose::OtpPepper => {
                KeyText::symmetric(random)
            }
        };
        key.state = KeyState::Next;
        keys.push(key);
        replace(path, &text)
    }

    /// Makes the next key of a purpose its active one; the active one becomes old and is still read with.
    ///
    /// # Errors
    /// [`KeyFileError::NoNext`] where the purpose has none; otherwise as [`Self::load`]. The file is then unchanged.
    pub fn activate(path: &Path, purpose: KeyPurpose) -> Result<(), KeyFileError> {
        let mut text = read_text(path)?;
        let keys = text.keys_mut(purpose);
        if keys.iter().all(|key| key.state != KeyState::Next) {
            return Err(KeyFileError::NoNext(purpose.as_str()));
        }
        for key in keys {
            key.state = match key.state {
                KeyState::Next => KeyState::Active,
                KeyState::Active | KeyState::Old => KeyState::Old,
            };
        }
        replace(path, &text)
    }

    /// Reads a key file, unless others than its owner may read it too.
    pub fn load(path: &Path) -> Result<Self, KeyFileError> {
        Self::read(read_text(path)?)
    }

    fn read(mut text: Text) -> Result<Self, KeyFileError> {
        active_first(&mut text.key_encryption, "key encryption")?;
        active_first(&mut text.token_signing, "token signing")?;
        let key_encryption = text.key_encryption.iter().map(KeyText::sealing_key);
        let token_signing = text.token_signing.iter().map(KeyText::token_key);
        Ok(Self {
            is_for_development: text.development,
            key_encryption: key_encryption.collect::<Result<_, _>>()?,
            phone_index: index_secrets(&mut text.phone_index, "phone index")?
                .iter()
                .map(|(id, secret)| (*id, IndexKey::new(secret)))
                .collect(),
            derived_id_index: if text.id_index.is_empty() {
                Vec::new()
            } else {
                index_secrets(&mut text.id_index, "ID index")?
            },
            otp_pepper: only_active(&mut text.otp_pepper, "one-time codes")?,
            token_signing: token_signing.collect::<Result<_, _>>()?,
        })
    }
}

impl Text {
    /// A new key for each purpose.
    fn new(random: &dyn Random) -> Result<Self, KeyFileError> {
        Ok(Self {
            version: VERSION,
            development: false,
            key_encryption: vec![KeyText::symmetric(random)],
            phone_index: vec![KeyText::symmetric(random)],
            id_index: Vec::new(),
            otp_pepper: vec![KeyText::symmetric(random)],
            token_signing: vec![KeyText::signing(random)?],
        })
    }

    fn keys_mut(&mut self, purpose: KeyPurpose) -> &mut Vec<KeyText> {
        match purpose {
            KeyPurpose::KeyEncryption => &mut self.key_encryption,
            KeyPurpose::PhoneIndex => &mut self.phone_index,
            KeyPurpose::OtpPepper => &mut self.otp_pepper,
            KeyPurpose::TokenSigning => &mut self.token_signing,
        }
    }
}

/// Reads a key file, unless others than its owner may read it too.
fn read_text(path: &Path) -> Result<Text, KeyFileError> {
    let mut file = File::open(path)?;
    refuse_open_mode(&file.metadata()?)?;
    let mut content = Zeroizing::new(Vec::new());
    file.read_to_end(&mut content)?;
    let text: Text = serde_json::from_slice(&content)?;
    if text.version == VERSION {
        Ok(text)
    } else {
        Err(KeyFileError::Version(text.version))
    }
}

/// Writes a new key file; one that is there is an error.
fn write(path: &Path, text: &Text) -> Result<(), KeyFileError> {
    let content = Zeroizing::new(serde_json::to_vec_pretty(text)?);
    let mut file = private_file(path)?;
    file.write_all(&content)?;
    file.sync_all()?;
    Ok(sync_folder_of(path)?)
}

/// Replaces a key file in one step, so that a crash leaves the former or the new one whole.
fn replace(path: &Path, text: &Text) -> Result<(), KeyFileError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let new = Path::new(&name);
    // What a crash left here was never used.
    match fs::remove_file(new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        Ok(()) | Err(_) => {}
    }
    write(new, text)?;
    fs::rename(new, path)?;
    Ok(sync_folder_of(path)?)
}

impl KeyText {
    fn new(random: &dyn Random, secret: &[u8]) -> Self {
        let id = KeyId(bytes(random)).to_string();
        Self {
            id,
            state: KeyState::Active,
            secret: BASE64.encode(secret),
        }
    }

    fn symmetric(random: &dyn Random) -> Self {
        Self::new(random, Zeroizing::new(bytes::<32>(random)).as_ref())
    }

    fn signing(random: &dyn Random) -> Result<Self, KeyFileError> {
        let seed = Zeroizing::new(bytes::<32>(random));
        let pkcs8 = Ed25519KeyPair::from_seed_unchecked(seed.as_ref())
            .ok()
            .and_then(|pair| pair.to_pkcs8().ok())
            .ok_or(KeyFileError::Key("token signing"))?;
        Ok(Self::new(random, pkcs8.as_ref()))
    }

    fn id(&self, purpose: &'static str) -> Result<KeyId, KeyFileError> {
        self.id.parse().map_err(|_| KeyFileError::Key(purpose))
    }

    fn decoded(&self, purpose: &'static str) -> Result<Zeroizing<Vec<u8>>, KeyFileError> {
        let decoded = BASE64.decode(self.secret.as_bytes());
        decoded
            .map(Zeroizing::new)
            .map_err(|_| KeyFileError::Key(purpose))
    }

    fn secret(&self, purpose: &'static str) -> Result<Zeroizing<[u8; 32]>, KeyFileError> {
        let decoded = self.decoded(purpose)?;
        let secret = <[u8; 32]>::try_from(decoded.as_slice());
        secret
            .map(Zeroizing::new)
            .map_err(|_| KeyFileError::Key(purpose))
    }

    fn sealing_key(&self) -> Result<SealingKey, KeyFileError> {
        const PURPOSE: &str = "key encryption";
        Ok(SealingKey::new(self.id(PURPOSE)?, self.secret(PURPOSE)?))
    }

    fn token_key(&self) -> Result<TokenKey, KeyFileError> {
        const PURPOSE: &str = "token signing";
        TokenKey::parse(self.id(PURPOSE)?, self.state, self.decoded(PURPOSE)?)
            .ok_or(KeyFileError::Key(PURPOSE))
    }
}

fn active_first(keys: &mut [KeyText], purpose: &'static str) -> Result<(), KeyFileError> {
    if keys
        .iter()
        .filter(|key| key.state == KeyState::Active)
        .count()
        != 1
    {
        return Err(KeyFileError::Active(purpose));
    }
    keys.sort_by_key(|key| key.state != KeyState::Active);
    Ok(())
}

fn index_secrets(
    keys: &mut [KeyText],
    purpose: &'static str,
) -> Result<Vec<IndexSecret>, KeyFileError> {
    active_first(keys, purpose)?;
    keys.iter()
        .map(|key| Ok((key.id(purpose)?, key.secret(purpose)?)))
        .collect()
}

/// For keys of which old ones are of no use: a one-time code outlives nothing.
fn only_active(
    keys: &mut [KeyText],
    purpose: &'static str,
) -> Result<Zeroizing<[u8; 32]>, KeyFileError> {
    active_first(keys, purpose)?;
    keys[0].secret(purpose)
}

#[cfg(unix)]
fn private_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Makes the new name survive a crash; what is sealed with a lost key is lost.
#[cfg(unix)]
fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder_of(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn refuse_open_mode(metadata: &fs::Metadata) -> Result<(), KeyFileError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o777;
    let others = mode & 0o077;
    if others == 0 {
        Ok(())
    } else {
        Err(KeyFileError::TooOpen(mode))
    }
}

#[cfg(not(unix))]
fn refuse_open_mode(_metadata: &fs::Metadata) -> Result<(), KeyFileError> {
    Ok(())
}

impl KeyProvider for KeyFile {
    fn wrap(
        &self,
        data_key: &SealingKey,
        place: &Place<'_>,
        random: &dyn Random,
    ) -> Result<Vec<u8>, SealError> {
        self.key_encryption[0].wrap(data_key, place, random)
    }

    fn unwrap(
        &self,
        id: KeyId,
        wrapped: &[u8],
        place: &Place<'_>,
    ) -> Result<SealingKey, SealError> {
        let needed = key_id(wrapped)?;
        let key = self.key_encryption.iter().find(|key| key.id() == needed);
        let key = key.ok_or(SealError::UnknownKey(needed))?;
        key.unwrap(id, wrapped, place)
    }

    fn wrapping_key(&self) -> KeyId {
        self.key_encryption[0].id()
    }

    fn phone_index_key(&self) -> KeyId {
        self.phone_index[0].0
    }

    fn phone_index(&self, phone: &str) -> BlindIndex {
        self.phone_index[0].1.index(phone)
    }

    fn phone_indexes(&self, phone: &str) -> Vec<KeyedIndex> {
        let under = |(key, index): &(KeyId, IndexKey)| KeyedIndex {
            key: *key,
            index: index.index(phone),
        };
        self.phone_index.iter().map(under).collect()
    }

    fn derived_id_indexes(&self, task: &[u8], number: &str) -> Vec<KeyedIndex> {
        let under = |(key, secret): &IndexSecret| KeyedIndex {
            key: *key,
            index: IndexKey::derived_for_task(secret, task).index(number),
        };
        self.derived_id_index.iter().map(under).collect()
    }

    fn otp_hash(&self, subject: &OtpSubject<'_>, code: &str) -> [u8; 32] {
        hash::otp(&self.otp_pepper, subject, code)
    }

    fn token_keys(&self) -> &[TokenKey] {
        &self.token_signing
    }
}
