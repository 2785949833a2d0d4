//! How much is measured.

/// How much is measured: enough to tell, or so little that it only shows that the measurement works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// As much as the figures need, with a release build.
    Full,
    /// The least, with the build that tests use.
    Short,
}

impl Extent {
    /// The number that fits.
    pub(super) fn of<T>(self, full: T, short: T) -> T {
        match self {
            Self::Full => full,
            Self::Short => short,
        }
    }
}
