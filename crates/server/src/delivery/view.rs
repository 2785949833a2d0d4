//! Packages and profiles, as staff see them.

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use domain::Lang;
use domain::delivery::{Delivery, DeliveryFigures, DeliveryProfile};
use serde::{Deserialize, Serialize};
use service::delivery::DownloadLink;
use utoipa::{IntoParams, ToSchema};

use crate::schema;

/// A package in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct DeliveryPath {
    /// The package.
    #[param(value_type = schema::DeliveryId, inline)]
    pub(super) delivery_id: String,
}

/// What packages of one purpose look like.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeliveryProfileView {
    /// Its name for programs.
    #[schema(max_length = 40, examples("student-number"))]
    id: String,
    /// Its name, in the caller's language.
    #[schema(examples("学号.jpg"))]
    name: String,
    /// What it is for, in the caller's language.
    #[schema(examples("照片以学号命名，附 CSV 表。"))]
    about: String,
    /// By what photos are named.
    #[schema(value_type = schema::DeliveryFileName)]
    file_name: String,
    /// The form of its table.
    #[schema(value_type = schema::DeliveryTable)]
    table: String,
    /// The headings of its table.
    #[schema(max_items = 50, examples("XH"))]
    columns: Vec<String>,
    /// The charset of its table.
    #[schema(value_type = schema::DeliveryCharset)]
    charset: String,
    /// The fewest kilobytes of a photo; null where that is not limited.
    #[schema(required = true, minimum = 1, examples(20))]
    min_kb: Option<u32>,
    /// The most kilobytes of a photo; null where that is not limited.
    #[schema(required = true, minimum = 1, examples(40))]
    max_kb: Option<u32>,
    /// The width of photos in pixels.
    #[schema(minimum = 1, examples(480))]
    width_px: u16,
    /// The height of photos in pixels.
    #[schema(minimum = 1, examples(640))]
    height_px: u16,
}

impl DeliveryProfileView {
    pub(super) fn new(profile: &DeliveryProfile, lang: Lang) -> Self {
        let columns = profile.headings().into_iter().map(str::to_owned);
        Self {
            id: profile.id.to_owned(),
            name: profile.name.get(lang).to_owned(),
            about: profile.about.get(lang).to_owned(),
            file_name: profile.key.as_str().to_owned(),
            table: profile.table.as_str().to_owned(),
            columns: columns.collect(),
            charset: profile.charset.as_str().to_owned(),
            min_kb: profile.min_kb,
            max_kb: profile.max_kb,
            width_px: profile.size.width,
            height_px: profile.size.height,
        }
    }
}

/// How far the delivery of a task is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeliveryFiguresView {
    /// Students on the roster.
    #[schema(minimum = 0, examples(5000))]
    listed: u64,
    /// Of them, those without an accepted photo.
    #[schema(minimum = 0, examples(120))]
    missing: u64,
    /// Those with an accepted photo that is not handed over.
    #[schema(minimum = 0, examples(380))]
    undelivered: u64,
    /// Those whose photo is handed over.
    #[schema(minimum = 0, examples(4500))]
    handed_over: u64,
}

impl From<DeliveryFigures> for DeliveryFiguresView {
    fn from(figures: DeliveryFigures) -> Self {
        Self {
            listed: figures.listed,
            missing: figures.missing,
            undelivered: figures.undelivered,
            handed_over: figures.handed_over,
        }
    }
}

/// How far the prints of a package are.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeliveryPrintsView {
    /// `ordered` → `printed` → `received`.
    #[schema(value_type = schema::PrintStage)]
    stage: String,
    /// The same, in the caller's language.
    #[schema(examples("学校已收到"))]
    stage_label: String,
    /// How many students signed for theirs.
    #[schema(minimum = 0, examples(35))]
    signed: u64,
    /// When they were printed.
    #[schema(required = true, examples("2026-05-06T08:00:00Z"))]
    printed_at: Option<DateTime<Utc>>,
    /// When the school had them.
    #[schema(required = true, examples("2026-05-20T08:00:00Z"))]
    received_at: Option<DateTime<Utc>>,
}

impl DeliveryPrintsView {
    fn new(delivery: &Delivery, lang: Lang) -> Option<Self> {
        let stage = delivery.print_stage()?;
        Some(Self {
            stage: stage.as_str().to_owned(),
            stage_label: stage.label().get(lang).to_owned(),
            signed: delivery.counts.signed,
            printed_at: delivery.printed_at,
            received_at: delivery.prints_received_at,
        })
    }
}

/// A package of photos.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeliveryView {
    /// The package.
    #[schema(value_type = schema::DeliveryId)]
    id: String,
    /// Its task.
    #[schema(value_type = schema::TaskId)]
    task_id: String,
    /// What it holds.
    #[schema(value_type = schema::DeliveryKind)]
    kind: String,
    /// The same, in the caller's language.
    #[schema(examples("全部照片"))]
    kind_label: String,
    /// Where it is: `building` → `ready` → `acknowledged`; `failed`; `cancelled`.
    #[schema(value_type = schema::DeliveryState)]
    state: String,
    /// The state, in the caller's language.
    #[schema(examples("可下载"))]
    state_label: String,
    /// The profile.
    #[schema(max_length = 40, examples("student-number"))]
    profile: String,
    /// The profile's name, in the caller's language.
    #[schema(examples("学号.jpg"))]
    profile_name: String,
    /// Into which folders the photos go.
    #[schema(value_type = schema::DeliverySplit)]
    split: String,
    /// How the characters of tables are written.
    #[schema(value_type = schema::DeliveryCharset)]
    charset: String,
    /// The fewest kilobytes of a photo; null where that is not limited.
    #[schema(required = true, minimum = 1, examples(20))]
    min_kb: Option<u32>,
    /// The most kilobytes of a photo; null where that is not limited.
    #[schema(required = true, minimum = 1, examples(40))]
    max_kb: Option<u32>,
    /// The most megabytes of a file of the package; null where it is one file.
    #[schema(required = true, minimum = 1, examples(200))]
    part_mb: Option<u32>,
    /// Whether its table comes as a DBF file besides.
    #[schema(examples(false))]
    has_dbf: bool,
    /// What stands under photos on sheets to print.
    #[schema(value_type = schema::PrintCaption)]
    caption: String,
    /// The package that must be applied before it; null for a full one.
    #[schema(required = true, value_type = Option<schema::DeliveryId>)]
    follows: Option<String>,
    /// How many photos were looked at.
    #[schema(minimum = 0, examples(2500))]
    photos_done: u64,
    /// Of how many.
    #[schema(minimum = 0, examples(5000))]
    photos_total: u64,
    /// Photos in the package.
    #[schema(minimum = 0, examples(4990))]
    added: u64,
    /// Photos that the receiver has from earlier packages.
    #[schema(minimum = 0, examples(0))]
    kept: u64,
    /// Files of earlier packages that count no more; `removed.csv` lists them.
    #[schema(minimum = 0, examples(0))]
    removed: u64,
    /// Photos that the profile does not take; `errors.csv` lists them.
    #[schema(minimum = 0, examples(10))]
    left_out: u64,
    /// Photos of the package whose row of `manifest.dbf` lacks characters, with `??` in their place, or was cut; `errors.csv`
    /// lists them.
    #[schema(minimum = 0, examples(2))]
    dbf_losses: u64,
    /// Photos of the package that are handed over.
    #[schema(minimum = 0, examples(0))]
    handed_over: u64,
    /// Whether its file can be downloaded.
    #[schema(examples(true))]
    has_file: bool,
    /// The file's length; null until it is made.
    #[schema(required = true, minimum = 0, examples(150_000_000))]
    file_bytes: Option<u64>,
    /// SHA-256 of the file; null until it is made.
    #[schema(
        required = true,
        max_length = 64,
        examples("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    )]
    sha256: Option<String>,
    /// How many files it comes as; 0 until it is made.
    #[schema(minimum = 0, maximum = 999, examples(1))]
    file_count: usize,
    /// How far its prints are; null for a package that is not for prints, or not made.
    #[schema(required = true)]
    prints: Option<DeliveryPrintsView>,
    /// Why it could not be made.
    #[schema(required = true, value_type = Option<schema::DeliveryFailure>)]
    failure: Option<String>,
    /// The same, in the caller's language.
    #[schema(required = true, examples("没有可交付的照片"))]
    failure_label: Option<String>,
    /// When it was asked for.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// When it was made.
    #[schema(required = true, examples("2026-04-20T08:02:00Z"))]
    ready_at: Option<DateTime<Utc>>,
    /// When the school said that it has it.
    #[schema(required = true, examples("2026-04-21T08:00:00Z"))]
    acknowledged_at: Option<DateTime<Utc>>,
}

impl DeliveryView {
    pub(super) fn new(delivery: &Delivery, lang: Lang) -> Self {
        let (settings, counts) = (&delivery.settings, delivery.counts);
        let is_made = delivery.state.is_made();
        let name = settings.profile().map(|profile| profile.name.get(lang));
        Self {
            id: delivery.id.to_string(),
            task_id: delivery.task_id.to_string(),
            kind: delivery.kind.as_str().to_owned(),
            kind_label: delivery.kind.label().get(lang).to_owned(),
            state: delivery.state.as_str().to_owned(),
            state_label: delivery.state.label().get(lang).to_owned(),
            profile: settings.profile_id().to_owned(),
            profile_name: name.unwrap_or(settings.profile_id()).to_owned(),
            split: settings.split.as_str().to_owned(),
            charset: settings.charset.as_str().to_owned(),
            min_kb: settings.min_kb,
            max_kb: settings.max_kb,
            part_mb: settings.part_mb,
            has_dbf: settings.has_dbf,
            caption: settings.caption.as_str().to_owned(),
            follows: delivery.base_id.map(|id| id.to_string()),
            photos_done: delivery.photos_done,
            photos_total: delivery.photos_total,
            added: counts.added,
            kept: counts.kept,
            removed: counts.removed,
            left_out: counts.left_out,
            dbf_losses: counts.dbf_losses,
            handed_over: counts.handed_over,
            has_file: delivery.has_file(),
            file_bytes: is_made.then_some(delivery.object_bytes),
            sha256: is_made.then(|| HEXLOWER.encode(&delivery.object_sha256)),
            file_count: if is_made {
                delivery.archives().len()
            } else {
                0
            },
            prints: DeliveryPrintsView::new(delivery, lang),
            failure: delivery.failure.map(|failure| failure.as_str().to_owned()),
            failure_label: delivery
                .failure
                .map(|failure| failure.label().get(lang).to_owned()),
            created_at: delivery.created_at,
            ready_at: delivery.ready_at,
            acknowledged_at: delivery.acknowledged_at,
        }
    }
}

/// A link to a package.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeliveryLinkView {
    /// The address, on this server.
    #[schema(
        max_length = 1200,
        examples(
            "/api/v1/deliveries/del_01k9b3m0v8f7wq2d5e6h4t1xyz/file?token=eyJ0eXAiOiJkZWxpdmVyeStqd3QifQ.e30.c2ln"
        )
    )]
    url: String,
    /// Under which name the file is saved.
    #[schema(
        max_length = 120,
        examples("photos-student-number-full-20260420-4t1xyz.zip")
    )]
    file_name: String,
    /// Until when it can be used.
    #[schema(examples("2026-04-20T08:15:00Z"))]
    expires_at: DateTime<Utc>,
    /// The files of the package, in their order: one, or as many as it has parts. The address above is that of the first.
    #[schema(max_items = 999)]
    files: Vec<DeliveryFileView>,
}

/// A file of a package.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeliveryFileView {
    /// Its address, on this server.
    #[schema(
        max_length = 1200,
        examples(
            "/api/v1/deliveries/del_01k9b3m0v8f7wq2d5e6h4t1xyz/file?token=eyJ0eXAiOiJkZWxpdmVyeStqd3QifQ.e30.c2ln&part=1"
        )
    )]
    url: String,
    /// Under which name it is saved.
    #[schema(
        max_length = 120,
        examples("photos-student-number-full-20260420-4t1xyz-part001.zip")
    )]
    name: String,
    /// Its length.
    #[schema(minimum = 0, examples(150_000_000))]
    bytes: u64,
    /// Its SHA-256.
    #[schema(
        max_length = 64,
        examples("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    )]
    sha256: String,
}

impl From<DownloadLink> for DeliveryLinkView {
    fn from(link: DownloadLink) -> Self {
        let (id, token) = (link.delivery.id, &link.token);
        let url = format!("/api/v1/deliveries/{id}/file?token={token}");
        let file = |(number, part): (usize, domain::delivery::DeliveryPart)| DeliveryFileView {
            url: format!("{url}&part={number}"),
            name: link.delivery.part_name(number),
            bytes: part.bytes,
            sha256: part.sha256,
        };
        let archives = link.delivery.archives();
        let files = (1..).zip(archives).map(file).collect();
        Self {
            files,
            url,
            file_name: link.delivery.part_name(1),
            expires_at: link.expires_at,
        }
    }
}
