//! Who acts, and what each of them may do: one matrix for the whole product.

mod operator;
mod reach;

pub use operator::Operator;
pub use reach::{Reach, SchoolStudents, StudentLimits, StudentReach};

use crate::role::Role;
use crate::word::words;
use crate::{AccountId, IntegratorId, ResponsiblePerson, SchoolId, Scope};

words! {
    /// What kind of actor somebody is, as the audit log keeps it.
    ActorKind {
        /// Whose account it is: a student with their own data, or a member of staff who logs in.
        Student = "self", "本人", "the account's owner";
        /// Somebody who is not logged in.
        Visitor = "visitor", "未登录的访问者", "a visitor";
        /// A member of staff, logged in.
        Staff = "staff", "工作人员", "staff";
        /// A system of a school, by the API.
        Integrator = "integrator", "学校系统", "a school's system";
        /// A named person at the command line.
        CommandLine = "operator", "平台管理员", "an operator";
        /// gradphoto itself, in the background.
        BackgroundJob = "system", "系统", "the system";
    }
}

words! {
    /// Something that needs to be allowed.
    Permission {
        /// Reading and changing one's own data, photos and orders.
        UseOwnData = "own_data.use", "使用本人数据", "use one's own data";
        /// Approving and rejecting photos.
        ReviewPhotos = "photos.review", "审核照片", "review photos";
        /// Keeping the photos whose right decision is known.
        ManageKnownPhotos = "known_photos.manage", "管理已知照片", "manage known photos";
        /// Listing photos with their students, and downloading them.
        ReadPhotos = "photos.read", "读取照片", "read photos";
        /// Taking over the accepted photos.
        TakeOverPhotos = "photos.take_over", "接收照片", "take over photos";
        /// Reading collection tasks with their settings.
        ReadTasks = "tasks.read", "查看采集任务", "read collections";
        /// Making and changing collection tasks.
        ManageTasks = "tasks.manage", "管理采集任务", "manage collections";
        /// Reading the students of rosters, and imports.
        ReadRosters = "rosters.read", "查看名单", "read rosters";
        /// Importing and changing rosters, answering what students ask about them.
        ManageRosters = "rosters.manage", "管理名单", "manage rosters";
        /// Reading how far a task is.
        ReadProgress = "progress.read", "查看进度", "read progress";
        /// Looking up which account holds a roster entry.
        LookUpEnrolments = "enrolments.look_up", "查询身份核验", "look up verifications";
        /// Taking a roster entry away from the account that holds it.
        ReleaseEnrolments = "enrolments.release", "解除绑定", "release verifications";
        /// Reading the orders of students.
        ReadOrders = "orders.read", "查看订单", "read orders";
        /// Asking for money to go back.
        RequestRefunds = "refunds.request", "申请退款", "request refunds";
        /// Deciding about a refund that somebody else asked for.
        DecideRefunds = "refunds.decide", "审批退款", "decide about refunds";
        /// Saying what became of money that a person must look at.
        ResolveMoneyCases = "money_cases.resolve", "处理资金问题", "resolve cases about money";
        /// Reading what a school owes, and whether bills and books agree.
        ReadStatements = "statements.read", "查看对账单", "read statements";
        /// Seeing whole document numbers, one at a time.
        RevealNumbers = "id_numbers.reveal", "查看完整证件号", "reveal whole document numbers";
        /// Taking data of many students away as a file.
        ExportData = "data.export", "导出数据", "export data";
        /// Making, changing and suspending schools.
        ManageSchools = "schools.manage", "管理学校", "manage schools";
        /// Giving roles to people and taking them away.
        ManageStaff = "staff.manage", "管理人员", "manage staff";
        /// Making integrators, giving them scopes and credentials, and shutting them off.
        ManageIntegrators = "integrators.manage", "管理对接系统", "manage integrators";
        /// Reading, approving and closing reports of lost phones.
        HandleLostPhones = "lost_phones.handle", "处理手机号丢失申报", "handle reports of lost phones";
        /// Trying background jobs again, and ending them.
        ManageJobs = "jobs.manage", "管理后台任务", "manage background jobs";
        /// Destroying the keys of a task, and with them its data.
        DestroyKeys = "keys.destroy", "销毁密钥", "destroy keys";
        /// Reading the audit log of others, and verifying it.
        ReadAudit = "audit.read", "查看操作日志", "read the audit log";
        /// Reading what happened in a school, as other systems are told it.
        ReadEvents = "events.read", "查看事件", "read events";
        /// Making and changing the addresses that are told what happened.
        ManageWebhooks = "webhooks.manage", "管理事件推送", "manage webhooks";
        /// Work that needs no person: polling, matching, deleting what is too old.
        RunBackgroundWork = "background.run", "后台任务", "run background work";
    }
}

/// On whose behalf a permission is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Principal {
    /// A student.
    Student,
    /// Somebody who is not logged in.
    Visitor,
    /// A member of staff, in one of their roles.
    Staff(Role),
    /// An integrator with every scope.
    Integrator,
    /// A named person at the command line.
    CommandLine,
    /// gradphoto itself.
    BackgroundJob,
}

impl Principal {
    /// Every principal.
    pub const ALL: [Self; 10] = [
        Self::Student,
        Self::Visitor,
        Self::Staff(Role::Operator),
        Self::Staff(Role::BureauReviewer),
        Self::Staff(Role::Finance),
        Self::Staff(Role::Officer),
        Self::Staff(Role::SchoolReviewer),
        Self::Integrator,
        Self::CommandLine,
        Self::BackgroundJob,
    ];

    /// Whether this principal may do this: the only place that decides it. Where it holds is a matter of [`Reach`].
    pub fn may(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Self::Student => permission == P::UseOwnData,
            Self::Visitor => false,
            Self::Staff(Role::BureauReviewer | Role::SchoolReviewer) => {
                matches!(permission, P::ReviewPhotos | P::ReadProgress)
            }
            Self::Staff(Role::Officer) => matches!(
                permission,
                P::ReadPhotos
                    | P::TakeOverPhotos
                    | P::ReadTasks
                    | P::ManageTasks
                    | P::ReadRosters
                    | P::ManageRosters
                    | P::ReadProgress
                    | P::ReadOrders
                    | P::ManageIntegrators
                    | P::LookUpEnrolments
                    | P::ReleaseEnrolments
                    | P::RevealNumbers
                    | P::ExportData
                    | P::ManageStaff
                    | P::ReadAudit
                    | P::ReadEvents
                    | P::ManageWebhooks
                    | P::HandleLostPhones
            ),
            Self::Staff(Role::Finance) => matches!(
                permission,
                P::RequestRefunds
                    | P::DecideRefunds
                    | P::ResolveMoneyCases
                    | P::ReadStatements
                    | P::ReadOrders
                    | P::ExportData
            ),
            Self::Staff(Role::Operator) | Self::CommandLine => {
                !matches!(permission, P::UseOwnData | P::RunBackgroundWork)
            }
            Self::Integrator => permission.scope().is_some(),
            Self::BackgroundJob => permission == P::RunBackgroundWork,
        }
    }
}

/// The permissions that an integrator can have, each by the scope that gives it.
const SCOPES: &[(Permission, Scope)] = &[
    (Permission::ReadTasks, Scope::ReadTasks),
    (Permission::ReadRosters, Scope::ReadRosters),
    (Permission::ManageRosters, Scope::WriteRosters),
    (Permission::ReadProgress, Scope::ReadProgress),
    (Permission::ReadPhotos, Scope::ReadPhotos),
    (Permission::TakeOverPhotos, Scope::DeliverPhotos),
    (Permission::ReadOrders, Scope::ReadOrders),
    (Permission::ReadStatements, Scope::ReadStatements),
    (Permission::ReadEvents, Scope::ReadEvents),
    (Permission::ManageWebhooks, Scope::ManageWebhooks),
];

impl Permission {
    /// The scope that gives it to an integrator; `None` for what no integrator may do.
    pub fn scope(self) -> Option<Scope> {
        let row = SCOPES.iter().find(|(permission, _)| *permission == self);
        row.map(|(_, scope)| *scope)
    }

    /// Whether a role that is limited to colleges or classes gives it, for the students of those. Everything else needs the
    /// role for the whole school.
    pub fn holds_within_limits(self) -> bool {
        matches!(self, Self::ReadProgress | Self::ReviewPhotos)
    }
}

/// A role that a member of staff holds, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffGrant {
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub place: GrantPlace,
}

/// Where a role holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GrantPlace {
    /// In every school.
    AllSchools,
    /// In one school, for all students or some.
    School(SchoolStudents),
}

impl StaffGrant {
    fn gives(&self, permission: Permission) -> bool {
        let is_whole = match &self.place {
            GrantPlace::AllSchools => true,
            GrantPlace::School(students) => students.limits.is_whole_school(),
        };
        Principal::Staff(self.role).may(permission)
            && (is_whole || permission.holds_within_limits())
    }
}

/// The students for whom some of these roles give a permission; `None` where none gives it.
fn reach_of(grants: &[StaffGrant], permission: Permission) -> Option<StudentReach> {
    let mut places = grants
        .iter()
        .filter(|grant| grant.gives(permission))
        .map(|grant| &grant.place)
        .peekable();
    places.peek()?;
    let mut schools = Vec::new();
    for place in places {
        match place {
            GrantPlace::AllSchools => return Some(StudentReach::AllSchools),
            GrantPlace::School(students) => schools.push(students.clone()),
        }
    }
    Some(StudentReach::Schools(schools))
}

/// An integrator, as its access token and its row allow it to act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegratorClient {
    /// Which one.
    pub id: IntegratorId,
    /// In which schools.
    pub school_ids: Vec<SchoolId>,
    /// By which scopes.
    pub scopes: Vec<Scope>,
}

impl IntegratorClient {
    fn may(&self, permission: Permission) -> bool {
        let scope = permission.scope();
        scope.is_some_and(|scope| self.scopes.contains(&scope))
    }

    fn students(&self) -> StudentReach {
        let whole = |school_id: &SchoolId| SchoolStudents {
            school_id: *school_id,
            limits: StudentLimits::default(),
        };
        StudentReach::Schools(self.school_ids.iter().map(whole).collect())
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A student.
    Student(AccountId),
    /// Somebody who is not logged in.
    Visitor,
    /// A member of staff.
    Staff {
        /// Their account.
        account_id: AccountId,
        /// The roles that they hold.
        grants: Vec<StaffGrant>,
    },
    /// A system of a school, or of somebody who serves several.
    Integrator(IntegratorClient),
    /// A named person at the command line.
    CommandLine(Operator),
    /// gradphoto itself, in the background.
    BackgroundJob,
}

impl Actor {
    /// The kind, as the audit log keeps it.
    pub fn kind(&self) -> ActorKind {
        match self {
            Self::Student(_) => ActorKind::Student,
            Self::Visitor => ActorKind::Visitor,
            Self::Staff { .. } => ActorKind::Staff,
            Self::Integrator(_) => ActorKind::Integrator,
            Self::CommandLine(_) => ActorKind::CommandLine,
            Self::BackgroundJob => ActorKind::BackgroundJob,
        }
    }

    /// The account, where the actor has one.
    pub fn account_id(&self) -> Option<AccountId> {
        match self {
            Self::Student(id) | Self::Staff { account_id: id, .. } => Some(*id),
            Self::Visitor | Self::Integrator(_) | Self::CommandLine(_) | Self::BackgroundJob => {
                None
            }
        }
    }

    /// The person who answers for what the actor does with money; `None` where no member of staff and nobody at the command
    /// line acts.
    pub fn responsible_person(&self) -> Option<ResponsiblePerson> {
        match self {
            Self::Staff { account_id, .. } => Some(ResponsiblePerson::Staff(*account_id)),
            Self::CommandLine(operator) => Some(ResponsiblePerson::CommandLine(operator.person())),
            Self::Student(_) | Self::Visitor | Self::Integrator(_) | Self::BackgroundJob => None,
        }
    }

    /// The schools in which the actor has any role or permission at all.
    pub fn schools(&self) -> Reach {
        let mut ids = Vec::new();
        match self {
            Self::CommandLine(_) | Self::BackgroundJob => return Reach::AllSchools,
            Self::Student(_) | Self::Visitor => {}
            Self::Integrator(client) => ids.extend(&client.school_ids),
            Self::Staff { grants, .. } => {
                for grant in grants {
                    match &grant.place {
                        GrantPlace::AllSchools => return Reach::AllSchools,
                        GrantPlace::School(students) => ids.push(students.school_id),
                    }
                }
            }
        }
        ids.sort_unstable();
        ids.dedup();
        Reach::Schools(ids)
    }

    /// Requires a permission, and returns the schools for which the actor has it: whole ones. A role that is limited to a
    /// part of a school adds none; for what such a role may see there is [`Self::require_students`].
    ///
    /// # Errors
    /// [`NotPermitted`].
    pub fn require(&self, permission: Permission) -> Result<Reach, NotPermitted> {
        Ok(match self.require_students(permission)? {
            StudentReach::AllSchools => Reach::AllSchools,
            StudentReach::Schools(schools) => {
                let whole = schools
                    .into_iter()
                    .filter(|one| one.limits.is_whole_school());
                let mut ids: Vec<SchoolId> = whole.map(|one| one.school_id).collect();
                ids.sort_unstable();
                ids.dedup();
                Reach::Schools(ids)
            }
        })
    }

    /// Requires a permission, and returns the students for whom the actor has it.
    ///
    /// # Errors
    /// [`NotPermitted`].
    pub fn require_students(&self, permission: Permission) -> Result<StudentReach, NotPermitted> {
        let of_principal = |principal: Principal, reach| principal.may(permission).then_some(reach);
        let all = StudentReach::AllSchools;
        let reach = match self {
            Self::Staff { grants, .. } => reach_of(grants, permission),
            Self::Integrator(client) => client.may(permission).then(|| client.students()),
            Self::Student(_) => of_principal(Principal::Student, StudentReach::Schools(Vec::new())),
            Self::Visitor => None,
            Self::CommandLine(_) => of_principal(Principal::CommandLine, all),
            Self::BackgroundJob => of_principal(Principal::BackgroundJob, all),
        };
        reach.ok_or(NotPermitted {
            kind: self.kind(),
            permission,
        })
    }
}

/// A permission as a type, so that a handler states in its signature which one it needs.
pub trait RequiredPermission: 'static {
    /// The permission.
    const PERMISSION: Permission;
}

/// One type a permission, to be named in the signatures of handlers.
pub mod perm {
    use super::{Permission, RequiredPermission};

    macro_rules! permissions {
        ($($(#[$meta:meta])* $name:ident;)+) => {$(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy)]
            pub enum $name {}

            impl RequiredPermission for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )+};
    }

    permissions! {
        /// [`Permission::ReviewPhotos`].
        ReviewPhotos;
        /// [`Permission::ManageKnownPhotos`].
        ManageKnownPhotos;
        /// [`Permission::ReadPhotos`].
        ReadPhotos;
        /// [`Permission::TakeOverPhotos`].
        TakeOverPhotos;
        /// [`Permission::ManageTasks`].
        ManageTasks;
        /// [`Permission::ReadTasks`].
        ReadTasks;
        /// [`Permission::ReadRosters`].
        ReadRosters;
        /// [`Permission::ManageRosters`].
        ManageRosters;
        /// [`Permission::ReadProgress`].
        ReadProgress;
        /// [`Permission::LookUpEnrolments`].
        LookUpEnrolments;
        /// [`Permission::ReleaseEnrolments`].
        ReleaseEnrolments;
        /// [`Permission::ReadOrders`].
        ReadOrders;
        /// [`Permission::RequestRefunds`].
        RequestRefunds;
        /// [`Permission::DecideRefunds`].
        DecideRefunds;
        /// [`Permission::ResolveMoneyCases`].
        ResolveMoneyCases;
        /// [`Permission::ReadStatements`].
        ReadStatements;
        /// [`Permission::RevealNumbers`].
        RevealNumbers;
        /// [`Permission::ExportData`].
        ExportData;
        /// [`Permission::ManageSchools`].
        ManageSchools;
        /// [`Permission::ManageStaff`].
        ManageStaff;
        /// [`Permission::ManageIntegrators`].
        ManageIntegrators;
        /// [`Permission::HandleLostPhones`].
        HandleLostPhones;
        /// [`Permission::DestroyKeys`].
        DestroyKeys;
        /// [`Permission::ReadAudit`].
        ReadAudit;
        /// [`Permission::ReadEvents`].
        ReadEvents;
        /// [`Permission::ManageWebhooks`].
        ManageWebhooks;
    }
}

/// An actor without the permission that is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{kind} has no permission {permission}")]
pub struct NotPermitted {
    /// The actor.
    pub kind: ActorKind,
    /// What is needed.
    pub permission: Permission,
}

#[cfg(test)]
mod tests;
