//! The container image and the compose file, read as data: what they must say so that a container holds no secret and
//! can do no more than the product needs.

use std::collections::BTreeMap;
use std::path::Path;

/// What stands under a service's keys: its own line and the indented ones after it, without comments.
type Service = BTreeMap<String, String>;

fn file(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(name)).unwrap()
}

/// The lines of a file without comments and empty ones.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim_end);
    lines.filter(|line| !line.is_empty() && !line.trim_start().starts_with('#'))
}

/// The services of docker-compose.yml. It is written with two spaces a level, and lists stand on one line.
fn services() -> BTreeMap<String, Service> {
    let text = file("docker-compose.yml");
    let (mut services, mut section) = (BTreeMap::new(), "");
    let (mut service, mut key) = (String::new(), String::new());
    for line in lines(&text) {
        let indent = line.len() - line.trim_start().len();
        let name = line.trim().trim_end_matches(':');
        match indent {
            0 => section = line.trim_end_matches(':'),
            _ if section != "services" => {}
            2 => {
                name.clone_into(&mut service);
                services.insert(service.clone(), Service::new());
            }
            4 => {
                let (own, value) = line.trim().split_once(':').unwrap();
                own.clone_into(&mut key);
                let settings = services.get_mut(&service).unwrap();
                settings.insert(key.clone(), value.trim().to_owned());
            }
            _ => {
                let settings = services.get_mut(&service).unwrap();
                let value = settings.get_mut(&key).unwrap();
                value.push('\n');
                value.push_str(line.trim());
            }
        }
    }
    services
}

/// The images that a Dockerfile begins with.
fn bases(dockerfile: &str) -> Vec<&str> {
    let from = lines(dockerfile).filter_map(|line| line.strip_prefix("FROM "));
    from.map(|base| base.split(' ').next().unwrap()).collect()
}

/// A tag says a version to its last place, such as `17.6-bookworm`; `17` and `latest` become other images by themselves.
fn is_exact(image: &str) -> bool {
    let tag = image.split('@').next().unwrap().rsplit_once(':');
    let version = tag.map(|(_, tag)| tag.split('-').next().unwrap());
    version.is_some_and(|version| {
        let mut parts = version.split('.');
        version.contains('.') && parts.all(|part| part.parse::<u32>().is_ok())
    })
}

#[test]
fn an_image_is_for_production_and_runs_as_a_user_of_its_own() {
    let dockerfile = file(".docker/Dockerfile");
    let says = |text: &str| lines(&dockerfile).any(|line| line.contains(text));
    for needed in [
        "ENV GRADPHOTO_ENV=production",
        "GRADPHOTO_DATA=/var/lib/gradphoto",
        "USER 10001:10001",
        "chmod 0700 /var/lib/gradphoto",
    ] {
        assert!(says(needed), "{needed}");
    }
    let user = dockerfile.find("\nUSER ").unwrap();
    assert!(user < dockerfile.find("\nENTRYPOINT ").unwrap());
    assert!(!says("--env development") && !says("keys.json"));
    assert!(
        dockerfile.contains("imagetools inspect"),
        "no word on digests"
    );
}

#[test]
fn every_image_is_named_by_an_exact_version() {
    let dockerfile = file(".docker/Dockerfile");
    let services = services();
    let images = services.values().filter_map(|service| service.get("image"));
    let images = images.map(String::as_str).chain(bases(&dockerfile));
    let images: Vec<_> = images.collect();
    assert_eq!(images.len(), 4, "{images:?}");
    for image in images {
        assert!(is_exact(image), "{image}");
    }
    for (image, expected) in [
        ("postgres:17", false),
        ("postgres", false),
        ("debian:bookworm-slim", false),
        ("debian:12.11-slim", true),
        ("rust:1.95.0-bookworm@sha256:ab", true),
    ] {
        assert_eq!(is_exact(image), expected, "{image}");
    }
}

#[test]
fn no_secret_gets_into_a_layer_of_the_image() {
    let ignored = file(".docker/Dockerfile.dockerignore");
    for path in [".env", "production", "data", ".git", "**/keys.json"] {
        assert!(lines(&ignored).any(|line| line == path), "{path}");
    }
    let git = file(".gitignore");
    for path in ["/.env", "/production"] {
        assert!(lines(&git).any(|line| line == path), "{path}");
    }
}

#[test]
fn a_container_cannot_write_gain_privileges_or_take_all_memory() {
    let services = services();
    assert_eq!(services.len(), 3, "{:?}", services.keys());
    for (name, service) in &services {
        let says = |key: &str| service.get(key).map(String::as_str).unwrap_or_default();
        assert_eq!(says("read_only"), "true", "{name}");
        assert_eq!(says("cap_drop"), "[ALL]", "{name}");
        let options = says("security_opt");
        assert!(options.contains("no-new-privileges:true"), "{name}");
        assert!(says("mem_limit").ends_with('g'), "{name}");
        assert!(says("pids_limit").parse::<u32>().is_ok(), "{name}");
        assert!(says("tmpfs").contains("/tmp"), "{name}");
        assert!(!service.contains_key("privileged"), "{name}");
        assert!(!service.contains_key("ports"), "{name} is reached by all");
    }
    let product = &services["gradphoto"];
    assert!(!product.contains_key("cap_add"));
    let environment = &product["environment"];
    for needed in [
        "GRADPHOTO_ENV: production",
        "GRADPHOTO_ALLOW_PRIVATE_STORAGE: \"true\"",
        "GRADPHOTO_KEYS: /etc/gradphoto/keys.json",
    ] {
        assert!(environment.lines().any(|line| line == needed), "{needed}");
    }
    assert!(product["volumes"].ends_with(":ro\"]"));
    assert!(product["tmpfs"].contains("/var/lib/gradphoto:size=704m,mode=0700"));
}

#[test]
fn the_spool_has_room_for_every_upload() {
    let largest_mb = 10;
    let uploads = server::config::HttpFile::default().max_uploads;
    assert!(uploads * largest_mb < 704, "{uploads}");
}
