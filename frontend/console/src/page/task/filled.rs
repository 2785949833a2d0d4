//! What is filled in of a collection: as it is typed, and as it is sent.

use client::{BothLanguages, TaskFee, TaskInput};
use domain::review::ReviewOrder;
use domain::second_look::USUAL_SECOND_SHARE;
use domain::task::{ExtraProof, FeeCode, IdentityMode, Payer, USUAL_PURGE_DAYS};
use domain::task_draft::TaskField;
use domain::{Fen, FieldError};
use model::{read_yuan, yuan_text};
use yew::AttrValue;

use super::about::FilledAbout;

/// The settings as they are typed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FilledTask {
    /// Name and dates.
    pub(super) about: FilledAbout,
    /// The fee of the collection itself, in yuan.
    pub(super) fee: String,
    pub(super) payer: AttrValue,
    pub(super) review: AttrValue,
    /// How students are recognised.
    pub(super) identity: AttrValue,
    /// What is asked for besides the number.
    proofs: Vec<ExtraProof>,
    pub(super) camera_only: bool,
    pub(super) originals: bool,
    pub(super) max_photos: String,
    pub(super) resubmit_days: String,
    pub(super) second_share: String,
    pub(super) seeded_share: String,
    pub(super) catch_limit: String,
    pub(super) purge_days: String,
    pub(super) audience_zh: String,
    pub(super) audience_en: String,
    pub(super) contact: String,
    /// What the form does not show.
    rest: Option<TaskInput>,
}

impl Default for FilledTask {
    fn default() -> Self {
        Self {
            about: FilledAbout::default(),
            fee: "0".to_owned(),
            payer: Payer::Free.as_str().into(),
            review: ReviewOrder::Bureau.as_str().into(),
            identity: IdentityMode::Roster.as_str().into(),
            proofs: vec![ExtraProof::Name],
            camera_only: false,
            originals: false,
            max_photos: "3".to_owned(),
            resubmit_days: "7".to_owned(),
            second_share: USUAL_SECOND_SHARE.to_string(),
            seeded_share: "0".to_owned(),
            catch_limit: "0".to_owned(),
            purge_days: USUAL_PURGE_DAYS.to_string(),
            audience_zh: String::new(),
            audience_en: String::new(),
            contact: String::new(),
            rest: None,
        }
    }
}

impl FilledTask {
    /// The settings of a collection, to be changed.
    pub(super) fn of(settings: &TaskInput) -> Self {
        let fee = settings
            .fees
            .iter()
            .find(|fee| fee.code == FeeCode::Collection.as_str());
        let proofs = settings.extra_proofs.iter();
        let proofs = proofs.filter_map(|word| ExtraProof::parse(word));
        Self {
            about: FilledAbout::of(settings),
            fee: fee.map_or_else(|| "0".to_owned(), |fee| yuan_text(Fen(fee.amount_fen))),
            payer: settings.payer.clone().into(),
            review: settings
                .review
                .clone()
                .map_or_else(|| ReviewOrder::Bureau.as_str().into(), AttrValue::from),
            identity: settings.identity.clone().into(),
            proofs: proofs.collect(),
            camera_only: settings.camera_only,
            originals: settings.originals,
            max_photos: settings.max_photos.to_string(),
            resubmit_days: settings.resubmit_days.to_string(),
            second_share: settings
                .second_share
                .unwrap_or(USUAL_SECOND_SHARE.into())
                .to_string(),
            seeded_share: settings.seeded_share.unwrap_or_default().to_string(),
            catch_limit: settings.catch_limit.unwrap_or_default().to_string(),
            purge_days: settings
                .purge_days
                .unwrap_or(USUAL_PURGE_DAYS.into())
                .to_string(),
            audience_zh: settings.audience.zh.clone(),
            audience_en: settings.audience.en.clone(),
            contact: settings.contact.clone(),
            rest: Some(settings.clone()),
        }
    }

    /// Whether something is asked for besides the number.
    pub(super) fn asks(&self, proof: ExtraProof) -> bool {
        self.proofs.contains(&proof)
    }

    /// Asks for something besides the number, or no longer.
    pub(super) fn ask(&mut self, proof: ExtraProof, is_asked: bool) {
        self.proofs.retain(|one| *one != proof);
        if is_asked {
            self.proofs.push(proof);
        }
    }

    /// What is wrong with what cannot be sent at all; the server looks at the rest.
    pub(super) fn errors(&self) -> Vec<FieldError> {
        let is_no_number = |typed: &str| typed.trim().parse::<u16>().is_err();
        let is_no_share = |typed: &str| typed.trim().parse::<u8>().is_err();
        let wrong = [
            (TaskField::Fees, read_yuan(&self.fee).is_none()),
            (TaskField::MaxPhotos, is_no_number(&self.max_photos)),
            (TaskField::ResubmitDays, is_no_number(&self.resubmit_days)),
            (TaskField::SecondShare, is_no_share(&self.second_share)),
            (TaskField::SeededShare, is_no_share(&self.seeded_share)),
            (TaskField::CatchLimit, is_no_share(&self.catch_limit)),
            (TaskField::PurgeDays, is_no_number(&self.purge_days)),
        ];
        let wrong = self.about.faults().into_iter().chain(wrong);
        let wrong = wrong.filter(|(_, is_wrong)| *is_wrong);
        wrong.map(|(field, _)| field.fault()).collect()
    }

    /// What is sent. Fees of other kinds and the photo rules stay as they were.
    pub(super) fn input(&self) -> TaskInput {
        let rest = self.rest.as_ref();
        let others = rest.map(|rest| rest.fees.clone()).unwrap_or_default();
        let others = others
            .into_iter()
            .filter(|fee| fee.code != FeeCode::Collection.as_str());
        let amount = read_yuan(&self.fee).unwrap_or(Fen(0));
        let collection = (amount.0 > 0).then(|| TaskFee {
            amount_fen: amount.0,
            code: FeeCode::Collection.as_str().to_owned(),
        });
        TaskInput {
            audience: BothLanguages {
                en: self.audience_en.trim().to_owned(),
                zh: self.audience_zh.trim().to_owned(),
            },
            camera_only: self.camera_only,
            closes_at: self.about.closes_at(),
            contact: self.contact.trim().to_owned(),
            extra_proofs: self.proofs.iter().map(ToString::to_string).collect(),
            fees: collection.into_iter().chain(others).collect(),
            identity: self.identity.to_string(),
            max_photos: self.max_photos.trim().parse().unwrap_or_default(),
            name: self.about.name(),
            opens_at: self.about.opens_at(),
            originals: self.originals,
            payer: self.payer.to_string(),
            second_share: self.second_share.trim().parse().ok(),
            seeded_share: self.seeded_share.trim().parse().ok(),
            catch_limit: self.catch_limit.trim().parse().ok(),
            purge_days: self.purge_days.trim().parse().ok(),
            photo: rest.and_then(|rest| rest.photo.clone()),
            resubmit_days: self.resubmit_days.trim().parse().unwrap_or_default(),
            review: Some(self.review.to_string()),
        }
    }
}
