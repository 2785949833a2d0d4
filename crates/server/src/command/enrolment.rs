//! Releasing wrong bindings at the command line. Every deed has a named operator.

use std::io::{self, IsTerminal};

use anyhow::{Context as _, Result};
use clap::Subcommand;
use domain::{Lang, time_text};
use service::enrolment::{Binding, EntryQuery, Return};

use super::money::{By, told};
use super::output::{self, say};
use crate::command::context::open;
use crate::config::Config;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Find which account holds a roster entry. The document number is read from standard input, so that it stays out of
    /// the shell's history; the holder sees the look-up in the access log.
    Find {
        #[command(flatten)]
        by: By,
        /// The task.
        #[arg(long)]
        task: String,
        /// The kind of document, such as `cn_id` or `passport`.
        #[arg(long, default_value = "cn_id")]
        document_type: String,
        /// `phd`, `msc`, `pgc`, `ba2`, `ba` or `ja`.
        #[arg(long)]
        level: String,
    },
    /// Take a roster entry away from the account that holds it, so that the right student can verify.
    Release {
        #[command(flatten)]
        by: By,
        /// The enrolment, as `find` prints it.
        id: String,
        /// Why, in at most 200 characters; the holder sees it in the access log.
        #[arg(long)]
        reason: String,
        /// Let the same account verify as this student again; otherwise it cannot.
        #[arg(long)]
        allow_again: bool,
    },
}

#[tokio::main]
pub(super) async fn run(action: Action) -> Result<()> {
    match action {
        Action::Find {
            by,
            task,
            document_type,
            level,
        } => {
            let number = document_number()?;
            let actor = by.actor();
            let context = open(&Config::read(by.basics)?).await?;
            let query = EntryQuery {
                task_id: &task,
                document_type: &document_type,
                document_number: &number,
                level: &level,
            };
            let found = service::enrolment::holder(&context, &actor, query).await;
            match found.map_err(told)? {
                Some(binding) => say!("{}", line(&binding))?,
                None => say!("没有账号绑定这条名单记录。")?,
            }
        }
        Action::Release {
            by,
            id,
            reason,
            allow_again,
        } => {
            let actor = by.actor();
            let context = open(&Config::read(by.basics)?).await?;
            let may_return = if allow_again {
                Return::Allowed
            } else {
                Return::Barred
            };
            let released =
                service::enrolment::release(&context, &actor, &id, &reason, may_return).await;
            match released.map_err(told)? {
                Some(photo) => {
                    let photo = photo.label().get(Lang::Zh);
                    say!("{id}  已解除绑定；照片状态为“{photo}”，未撤回，请与学校处理。")?;
                }
                None => say!("{id}  已解除绑定。")?,
            }
        }
    }
    Ok(())
}

fn document_number() -> Result<String> {
    if io::stdin().is_terminal() {
        output::ask(format_args!("证件号码："))?;
    }
    let mut line = String::new();
    io::stdin()
        .read_line(&mut line)
        .context("reading the document number from standard input")?;
    Ok(line.trim().to_owned())
}

fn line(binding: &Binding) -> String {
    let photo = binding
        .photo
        .map_or("无照片", |state| state.label().get(Lang::Zh));
    let order = binding.order.as_ref().map_or_else(
        || "无订单".to_owned(),
        |(number, state)| format!("{number} {}", state.label().get(Lang::Zh)),
    );
    format!(
        "{}  {}  绑定于 {}  照片：{photo}  订单：{order}",
        binding.enrolment_id,
        binding.phone.masked(),
        time_text(binding.bound_at),
    )
}
