//! Staff at the command line: the first operator, and the only one's lost device.

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use domain::access::{Actor, Operator};
use domain::staff::INVITATION_LIFETIME;
use service::staff::NewOperator;

use super::money::told;
use super::output::say;
use super::system_user;
use crate::command::open;
use crate::config::{Basics, Config};

#[derive(Debug, Subcommand)]
pub(super) enum StaffAction {
    /// Make an operator, or invite one again. They log in at /console by their phone and set up an authenticator.
    Create {
        #[command(flatten)]
        who: Who,
        /// How colleagues call them.
        #[arg(long, default_value = "平台运营")]
        name: String,
    },
    /// Take away the lost authenticator of an operator; a colleague does it in the console where there is one.
    ResetDevice {
        #[command(flatten)]
        who: Who,
    },
}

/// About whom, and who does it.
#[derive(Debug, Args)]
pub(super) struct Who {
    #[command(flatten)]
    basics: Basics,
    /// The phone of the operator.
    #[arg(long, value_name = "PHONE")]
    operator: String,
    /// Your name, as the audit log keeps it.
    #[arg(long, env = "GRADPHOTO_OPERATOR", default_value = "installer")]
    by: String,
}

impl Who {
    fn actor(&self) -> Result<Actor> {
        let Some(operator) = Operator::new(&self.by) else {
            bail!("a name has 2 to 40 letters, digits, dots or dashes");
        };
        Ok(Actor::CommandLine(
            operator.working_as(system_user::current()),
        ))
    }
}

#[tokio::main]
pub(super) async fn run(action: StaffAction) -> Result<()> {
    match action {
        StaffAction::Create { who, name } => {
            let actor = who.actor()?;
            let context = open(&Config::read(who.basics)?).await?;
            let new = NewOperator {
                phone: &who.operator,
                name: &name,
            };
            let made = service::staff::create_operator(&context, &actor, new).await;
            let account = made.map_err(told)?;
            say!(
                "{account}\n请在 {} 天内用这个手机号登录 {}/console，并绑定验证器。",
                INVITATION_LIFETIME.num_days(),
                context.settings.public_origin
            )?;
        }
        StaffAction::ResetDevice { who } => {
            let actor = who.actor()?;
            let context = open(&Config::read(who.basics)?).await?;
            let reset =
                service::staff::reset_operator_device(&context, &actor, &who.operator).await;
            reset.map_err(told)?;
            say!("验证器已重置，请重新登录 /console 并绑定。")?;
        }
    }
    Ok(())
}
