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

    #[test]
    fn a_user_is_told_with_whoever_logged_in() {
        let users = "root:x:0:0:root:/root:/bin/sh\nli:x:1000:1000::/home/li:/bin/sh\nbroken\n";
        for (uid, login, expected) in [
            (1000, None, "li"),
            (1000, Some(1000), "li"),
            (0, Some(1000), "root (login li)"),
            (7, Some(0), "7 (login root)"),
        ] {
            assert_eq!(told(users, uid, login), expected);
        }
    }
}
