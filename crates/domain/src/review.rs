//! Review of photos by people: stages, outcomes and reasons.

use crate::word::words;
use crate::{FieldError, ProblemCode};

/// The most reasons of one rejection: more helps nobody to take a better photo.
pub const MOST_REASONS: usize = 6;
/// The longest note to a student or to colleagues, in characters.
pub const REVIEW_NOTE_MAX: usize = 200;

words! {
    /// Who reviews.
    ReviewStage {
        /// The student's school.
        School = "school", "学校审核", "school review";
        /// The photo bureau.
        Bureau = "bureau", "采集单位审核", "bureau review";
    }
}

words! {
    /// Which reviews a photo needs, and in which order.
    ReviewOrder {
        /// That of the bureau alone.
        Bureau = "bureau", "仅采集单位审核", "the bureau alone";
        /// That of the school alone.
        School = "school", "仅学校审核", "the school alone";
        /// First the school's, then the bureau's.
        SchoolThenBureau = "school_then_bureau", "先学校、后采集单位", "the school, then the bureau";
        /// First the bureau's, then the school's.
        BureauThenSchool = "bureau_then_school", "先采集单位、后学校", "the bureau, then the school";
    }
}

impl ReviewOrder {
    /// The stages, the first first; at least one.
    pub const fn stages(self) -> &'static [ReviewStage] {
        use ReviewStage::{Bureau, School};
        match self {
            Self::Bureau => &[Bureau],
            Self::School => &[School],
            Self::SchoolThenBureau => &[School, Bureau],
            Self::BureauThenSchool => &[Bureau, School],
        }
    }

    /// The first stage.
    pub const fn first(self) -> ReviewStage {
        match self {
            Self::Bureau | Self::BureauThenSchool => ReviewStage::Bureau,
            Self::School | Self::SchoolThenBureau => ReviewStage::School,
        }
    }

    /// The stage that follows; `None` after the last. A stage that the task no longer has is the last: the photo was
    /// reviewed, and nobody waits for a review that was switched off.
    pub fn after(self, stage: ReviewStage) -> Option<ReviewStage> {
        let stages = self.stages();
        let at = stages.iter().position(|one| *one == stage)?;
        stages.get(at + 1).copied()
    }
}

words! {
    /// What a reviewer decides.
    ReviewOutcome {
        /// The photo is good.
        Approved = "approved", "通过", "approved";
        /// The student must send another.
        Rejected = "rejected", "驳回", "rejected";
        /// Somebody with more experience decides.
        Escalated = "escalated", "转交复核", "escalated";
    }
}

words! {
    /// Why a photo is rejected, as reviewers choose it. The words are those of docs/sources.md#photo-reason-codes.
    RejectReason {
        /// Hair over an eye, an eyebrow or an ear.
        Hair = "hair", "头发遮挡眉、眼、耳", "hair over eyes, eyebrows or ears";
        /// A background that is not of one colour.
        BgUneven = "bg_uneven", "背景不均匀", "uneven background";
        /// A shadow on the background.
        BgShadow = "bg_shadow", "背景有阴影", "shadow on the background";
        /// Something or somebody else.
        BgObject = "bg_object", "背景有其他人或物", "something in the background";
        /// A colour that the rules do not have.
        BgColor = "bg_color", "背景颜色不符", "wrong background colour";
        /// Shoulders that are not level.
        Shoulders = "shoulders", "肩膀不平", "uneven shoulders";
        /// A head that is turned.
        NotFrontal = "not_frontal", "非正面", "not facing the camera";
        /// A head that leans.
        Tilt = "tilt", "头部倾斜", "tilted head";
        /// Eyes that are not open.
        EyesClosed = "eyes_closed", "未睁眼或未平视", "eyes closed or looking away";
        /// Lips that are not closed.
        MouthOpen = "mouth_open", "露齿或张嘴", "mouth open";
        /// A hand or a thing before the face.
        FaceCovered = "face_covered", "面部被遮挡", "face covered";
        /// A hand or a thing at the shoulders.
        HandOrObject = "hand_or_object", "画面中有手或物品", "hand or object in the photo";
        /// Lenses that reflect, or frames over the eyes.
        GlassesGlare = "glasses_glare", "眼镜反光或镜框遮眼", "glare on glasses";
        /// Coloured lenses.
        TintedLens = "tinted_lens", "有色眼镜或美瞳", "tinted lenses";
        /// Earrings, a necklace.
        Jewellery = "jewellery", "佩戴饰品", "jewellery";
        /// A cap, a scarf, headphones.
        Headwear = "headwear", "戴帽或头饰", "headwear";
        /// Much make-up.
        Makeup = "makeup", "妆容过浓", "heavy make-up";
        /// Clothes of the background's colour.
        ClothesColor = "clothes_color", "衣着与背景相近", "clothes too close to the background";
        /// No collar, bare shoulders.
        ClothesImproper = "clothes_improper", "衣着不整", "improper clothes";
        /// Bright spots on the face.
        Highlight = "highlight", "面部高光", "bright spots on the face";
        /// One half of the face darker.
        HalfShadow = "half_shadow", "阴阳脸", "half of the face in shadow";
        /// Too dark or too bright.
        DarkBright = "dark_bright", "过暗或过曝", "too dark or too bright";
        /// Red pupils.
        RedEye = "red_eye", "红眼", "red eyes";
        /// Not sharp.
        Blur = "blur", "模糊", "blurred";
        /// Stretched or bent.
        Distorted = "distorted", "变形", "distorted";
        /// Compressed too much.
        LowQuality = "low_quality", "压缩过度", "low quality";
        /// Changed by software.
        Retouched = "retouched", "过度修图美颜", "retouched";
        /// A photo of a photo.
        Rephotographed = "rephotographed", "翻拍或扫描", "photo of a photo";
        /// A snapshot.
        SelfieLife = "selfie_life", "自拍或生活照", "selfie or snapshot";
        /// Text, a stamp, a pattern.
        TextWatermark = "text_watermark", "有文字、水印或图案", "text or watermark";
        /// A frame or an edge.
        Border = "border", "四周有边框", "border";
        /// Too little or too much room above.
        HeadTop = "head_top", "头顶留白不符", "wrong space above the head";
        /// Too large or too small.
        FaceWidth = "face_width", "人像大小不符", "face too large or too small";
        /// Not in the middle.
        NotCentered = "not_centered", "人像未居中", "not centred";
        /// Too old.
        Outdated = "outdated", "非近期照片", "not recent";
        /// Somebody else.
        NotSelf = "not_self", "非本人", "a different person";
    }
}

/// What a reviewer decides about one or more photos, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The outcome.
    pub outcome: ReviewOutcome,
    /// Why; at least one for a rejection, none otherwise. In the order in which they are told.
    pub reasons: Vec<RejectReason>,
    /// What the student is told besides, or for an escalation what colleagues are told.
    pub note: Option<String>,
}

impl Decision {
    /// Reads a decision, and says everything that is wrong with it.
    ///
    /// # Errors
    /// The wrong fields: an unknown word, a rejection without a reason or with more than [`MOST_REASONS`], another outcome
    /// with reasons, an approval with a note, an escalation without, a note longer than [`REVIEW_NOTE_MAX`].
    pub fn read(
        outcome: &str,
        reasons: &[String],
        note: Option<&str>,
    ) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let outcome = ReviewOutcome::parse(outcome);
        if outcome.is_none() {
            errors.push(FieldError::new(
                "/outcome",
                ProblemCode::ReviewOutcomeUnknown,
            ));
        }
        let mut known = Vec::new();
        for word in reasons {
            match RejectReason::parse(word) {
                Some(reason) if known.contains(&reason) => {}
                Some(reason) => known.push(reason),
                None => errors.push(FieldError::new(
                    "/reasons",
                    ProblemCode::ReviewReasonUnknown,
                )),
            }
        }
        let note = note.map(str::trim).filter(|note| !note.is_empty());
        if note.is_some_and(|note| note.chars().count() > REVIEW_NOTE_MAX) {
            let error = FieldError::new("/note", ProblemCode::ReviewNoteLong);
            errors.push(error.with("max", REVIEW_NOTE_MAX));
        }
        let is_rejected = outcome == Some(ReviewOutcome::Rejected);
        if errors.is_empty() && is_rejected != (1..=MOST_REASONS).contains(&known.len()) {
            let error = FieldError::new("/reasons", ProblemCode::ReviewReasons);
            errors.push(error.with("max", MOST_REASONS));
        }
        let fits = match outcome {
            Some(ReviewOutcome::Approved) => note.is_none(),
            Some(ReviewOutcome::Escalated) => note.is_some(),
            Some(ReviewOutcome::Rejected) | None => true,
        };
        if !fits {
            errors.push(FieldError::new("/note", ProblemCode::ReviewNote));
        }
        match outcome {
            Some(outcome) if errors.is_empty() => Ok(Self {
                outcome,
                reasons: known,
                note: note.map(str::to_owned),
            }),
            Some(_) | None => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests;
