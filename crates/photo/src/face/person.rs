//! Where the person is: MediaPipe's selfie segmentation.

use super::Mask;
use super::pyramid::{Outside, Pyramid, Sampling, Values};
use crate::net::{ModelError, Network, Workspace};

/// Rows and columns of the mask.
const SIDE: u32 = 256;

/// The segmentation model.
#[derive(Debug)]
pub(super) struct Person {
    network: Network,
}

impl Person {
    pub(super) fn load(bytes: &[u8]) -> Result<Self, ModelError> {
        Network::load(bytes, &[(SIDE * SIDE) as usize]).map(|network| Self { network })
    }

    /// The mask of the whole picture.
    pub(super) fn find(&self, pyramid: &Pyramid<'_>, workspace: &mut Workspace) -> Mask {
        let shape = self.network.input();
        let sampling = Sampling {
            outside: Outside::Nearest,
            values: Values::UNIT,
        };
        self.network.run(
            workspace,
            |input| pyramid.sample(&pyramid.whole(), shape, sampling, input),
            |outputs| Mask {
                width: SIDE,
                height: SIDE,
                person: outputs
                    .iter()
                    .flat_map(|values| values.iter().map(|&share| stored(share)))
                    .collect(),
            },
        )
    }
}

/// A share of 1 as a share of 255.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the share is between 0 and 1"
)]
fn stored(share: f32) -> u8 {
    (share * 255.0 + 0.5) as u8
}
