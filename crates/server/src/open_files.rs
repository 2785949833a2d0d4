//! The limit on open files: every connection takes one.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Files that are kept for everything that is no client: database, photos, providers, the operators' listener.
const RESERVED: u64 = 512;

/// Raises the limit on open files as far as the system permits. Returns the limit that holds now; `None` where there is
/// none.
pub(crate) fn raise_limit() -> Option<u64> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current == maximum {
        return current;
    }
    let raised = Rlimit {
        current: maximum,
        maximum,
    };
    match setrlimit(Resource::Nofile, raised) {
        Ok(()) => maximum,
        Err(error) => {
            tracing::warn!(%error, "The limit on open files could not be raised: {error}");
            current
        }
    }
}

/// How many connections there is room for, of those that are wanted.
pub(crate) fn connections_for(wanted: usize, open_files: Option<u64>) -> usize {
    let Some(limit) = open_files else {
        return wanted;
    };
    // Where the limit is very low, half of it is for clients all the same.
    let room = limit.saturating_sub(RESERVED).max(limit / 2);
    let most = usize::try_from(room).map_or(wanted, |room| room.min(wanted));
    if most < wanted {
        tracing::warn!(
            open_files = limit,
            "The limit on open files is {limit}: only {most} connections are taken instead of {wanted}"
        );
    }
    most
}

#[cfg(test)]
mod tests {
    use super::connections_for;
    use rstest::rstest;

    #[rstest]
    #[case::no_limit(None, 4_096)]
    #[case::large(Some(1_048_576), 4_096)]
    #[case::just_enough(Some(4_608), 4_096)]
    #[case::small(Some(1_024), 512)]
    #[case::smaller(Some(256), 128)]
    fn connections_leave_files_for_everything_else(
        #[case] limit: Option<u64>,
        #[case] expected: usize,
    ) {
        assert_eq!(connections_for(4_096, limit), expected, "{limit:?}");
    }
}
