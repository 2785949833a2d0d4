//! Under which user of the operating system a command runs, for the audit log.

use std::fs;

use rustix::process::getuid;

/// The user that runs this, as `name`, and behind it whoever logged in where the system keeps that and it is somebody
/// else, as with `sudo`: `root (login li)`. A number stands for a user without a name.
pub(super) fn current() -> String {
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    // Only the kernel sets it; 4294967295 means that nobody logged in.
    let login = fs::read_to_string("/proc/self/loginuid").unwrap_or_default();
    let login = login.trim().parse().ok().filter(|&uid| uid != u32::MAX);
    told(&users, getuid().as_raw(), login)
}

fn told(users: &str, uid: u32, login: Option<u32>) -> String {
    let user = name_of(users, uid);
    match login.filter(|&login| login != uid) {
        Some(login) => format!("{user} (login {})", name_of(users, login)),
        None => user,
    }
}

fn name_of(users: &str, uid: u32) -> String {
    let wanted = uid.to_string();
    let name = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == wanted).then_some(name)
    });
    name.map_or(wanted.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::told;
    use rstest::rstest;

    #[rstest]
    #[case::no_login(1000, None, "li")]
    #[case::same(1000, Some(1000), "li")]
    #[case::another(0, Some(1000), "root (login li)")]
    #[case::unknown(7, Some(0), "7 (login root)")]
    fn a_user_is_told_with_whoever_logged_in(
        #[case] uid: u32,
        #[case] login: Option<u32>,
        #[case] expected: &str,
    ) {
        let users = "root:x:0:0:root:/root:/bin/sh\nli:x:1000:1000::/home/li:/bin/sh\nbroken\n";
        assert_eq!(told(users, uid, login), expected);
    }
}
