//! The matrix as a table, and what follows from it.

use chrono::DateTime;
use rstest::rstest;

use super::*;
use crate::PersonName;

/// One row a permission; the columns are those of [`Principal::ALL`]: student, visitor, operator, bureau reviewer, finance,
/// officer, school reviewer, integrator, command line, background job.
const MATRIX: [(Permission, &str); 29] = [
    (Permission::UseOwnData, "x---------"),
    (Permission::ReviewPhotos, "--xx--x-x-"),
    (Permission::ManageKnownPhotos, "--x-----x-"),
    (Permission::ReadPhotos, "--x--x-xx-"),
    (Permission::TakeOverPhotos, "--x--x-xx-"),
    (Permission::ReadTasks, "--x--x-xx-"),
    (Permission::ManageTasks, "--x--x--x-"),
    (Permission::ReadRosters, "--x--x-xx-"),
    (Permission::ManageRosters, "--x--x-xx-"),
    (Permission::ReadProgress, "--xx-xxxx-"),
    (Permission::LookUpEnrolments, "--x--x--x-"),
    (Permission::ReleaseEnrolments, "--x--x--x-"),
    (Permission::ReadOrders, "--x-xx-xx-"),
    (Permission::RequestRefunds, "--x-x---x-"),
    (Permission::DecideRefunds, "--x-x---x-"),
    (Permission::ResolveMoneyCases, "--x-x---x-"),
    (Permission::ReadStatements, "--x-x--xx-"),
    (Permission::RevealNumbers, "--x--x--x-"),
    (Permission::ExportData, "--x-xx--x-"),
    (Permission::ManageSchools, "--x-----x-"),
    (Permission::ManageStaff, "--x--x--x-"),
    (Permission::ManageIntegrators, "--x--x--x-"),
    (Permission::HandleLostPhones, "--x--x--x-"),
    (Permission::ManageJobs, "--x-----x-"),
    (Permission::DestroyKeys, "--x-----x-"),
    (Permission::ReadAudit, "--x--x--x-"),
    (Permission::ReadEvents, "--x--x-xx-"),
    (Permission::ManageWebhooks, "--x--x-xx-"),
    (Permission::RunBackgroundWork, "---------x"),
];

#[test]
fn every_principal_has_the_permissions_of_the_table_and_no_other() {
    let permissions: Vec<Permission> = MATRIX.iter().map(|row| row.0).collect();
    assert_eq!(permissions, Permission::ALL);
    for (permission, expected) in MATRIX {
        let row: String = Principal::ALL
            .map(|principal| if principal.may(permission) { 'x' } else { '-' })
            .iter()
            .collect();
        assert_eq!(row, expected, "{permission}");
    }
}

fn school(number: u8) -> SchoolId {
    SchoolId::new(DateTime::UNIX_EPOCH, [number; 10])
}

#[test]
fn a_permission_reaches_the_actors_own_schools_only() {
    let (ours, theirs) = (school(1), school(2));
    let account_id = AccountId::new(DateTime::UNIX_EPOCH, [3; 10]);
    let officer = Actor::Staff {
        account_id,
        grants: vec![of_school(Role::Officer, ours, &[])],
    };
    let reach = officer.require(Permission::ManageRosters).unwrap();
    assert!(reach.includes(ours) && !reach.includes(theirs));
    let refused = officer.require(Permission::DecideRefunds).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "staff has no permission refunds.decide"
    );
    let integrator = Actor::Integrator(client(ours, &[Scope::ReadProgress]));
    let reach = integrator.require(Permission::ReadProgress).unwrap();
    assert!(reach.includes(ours) && !reach.includes(theirs));
    let operator = Actor::CommandLine(Operator::new("li").unwrap());
    let reach = operator.require(Permission::ReleaseEnrolments).unwrap();
    assert!(reach.includes(ours) && reach.includes(theirs));
    let student = Actor::Student(account_id);
    assert!(student.require(Permission::ReadProgress).is_err());
    let reach = student.require(Permission::UseOwnData).unwrap();
    assert!(!reach.includes(ours), "own data is found by its owner");
}

fn client(school: SchoolId, scopes: &[Scope]) -> IntegratorClient {
    IntegratorClient {
        id: IntegratorId::new(DateTime::UNIX_EPOCH, [4; 10]),
        school_ids: vec![school],
        scopes: scopes.to_vec(),
    }
}

#[test]
fn each_scope_gives_an_integrator_one_permission() {
    let given = |scopes: &[Scope]| {
        let actor = Actor::Integrator(client(school(1), scopes));
        let all = Permission::ALL.iter().copied();
        all.filter(|permission| actor.require(*permission).is_ok())
            .collect::<Vec<_>>()
    };
    for &scope in Scope::ALL {
        let permissions = given(&[scope]);
        assert_eq!(permissions.len(), 1, "{scope}");
        assert_eq!(permissions[0].scope(), Some(scope));
    }
    assert!(given(&[]).is_empty());
    assert_eq!(given(Scope::ALL).len(), Scope::ALL.len());
}

fn of_school(role: Role, school_id: SchoolId, classes: &[&str]) -> StaffGrant {
    let limits = StudentLimits {
        colleges: vec![],
        classes: classes.iter().map(|&class| class.to_owned()).collect(),
    };
    StaffGrant {
        role,
        place: GrantPlace::School(SchoolStudents { school_id, limits }),
    }
}

/// Somebody with a role for one class of school 1.
fn counsellor() -> Actor {
    Actor::Staff {
        account_id: AccountId::new(DateTime::UNIX_EPOCH, [3; 10]),
        grants: vec![of_school(Role::Officer, school(1), &["法学 1 班"])],
    }
}

#[rstest]
#[case::its_class(1, Some("法学 1 班"), true)]
#[case::another_class(1, Some("法学 2 班"), false)]
#[case::no_class(1, None, false)]
#[case::the_same_class_of_another_school(2, Some("法学 1 班"), false)]
fn a_role_for_some_classes_sees_their_students(
    #[case] number: u8,
    #[case] class: Option<&str>,
    #[case] is_seen: bool,
) {
    let counsellor = counsellor();
    let students = counsellor.require_students(Permission::ReadProgress);
    let students = students.unwrap();
    assert_eq!(
        students.includes(school(number), Some("法学院"), class),
        is_seen
    );
}

#[test]
fn a_role_for_some_classes_gives_their_progress_and_nothing_else() {
    let counsellor = counsellor();
    let given: Vec<_> = Permission::ALL
        .iter()
        .filter(|permission| counsellor.require(**permission).is_ok())
        .collect();
    assert_eq!(given, [&Permission::ReadProgress]);
    assert_eq!(counsellor.schools(), Reach::Schools(vec![school(1)]));
    let whole = counsellor.require(Permission::ReadProgress).unwrap();
    assert_eq!(whole, Reach::Schools(vec![]), "no school as a whole");
}

#[test]
fn several_roles_add_up() {
    let (one, two) = (school(1), school(2));
    let actor = |grants| Actor::Staff {
        account_id: AccountId::new(DateTime::UNIX_EPOCH, [3; 10]),
        grants,
    };
    let both = actor(vec![
        of_school(Role::Officer, two, &[]),
        of_school(Role::Officer, one, &[]),
        of_school(Role::SchoolReviewer, one, &["法学 1 班"]),
        of_school(Role::SchoolReviewer, one, &[]),
    ]);
    let reach = both.require(Permission::ReadProgress).unwrap();
    assert_eq!(reach, Reach::Schools(vec![one, two]));
    let reach = both.require(Permission::ReviewPhotos).unwrap();
    assert_eq!(reach, Reach::Schools(vec![one]));
    let everywhere = StaffGrant {
        role: Role::BureauReviewer,
        place: GrantPlace::AllSchools,
    };
    let more = actor(vec![of_school(Role::SchoolReviewer, one, &[]), everywhere]);
    let reach = more.require(Permission::ReviewPhotos).unwrap();
    assert_eq!(reach, Reach::AllSchools);
    assert_eq!(more.schools(), Reach::AllSchools);
    assert!(actor(vec![]).require(Permission::ReadProgress).is_err());
}

#[rstest]
#[case::letters("li")]
#[case::capitals_and_a_dot("Li.Ming")]
#[case::a_digit("wang-2")]
#[case::chinese("李明")]
fn an_operator_can_have_this_name(#[case] good: &str) {
    assert!(Operator::new(good).is_some(), "{good}");
}

#[rstest]
#[case::empty("")]
#[case::one_letter("x")]
#[case::a_blank("li ming")]
#[case::a_line_break("li\n")]
#[case::the_system("system")]
#[case::the_system_in_capitals("System")]
#[case::the_console("CONSOLE")]
#[case::a_slash("a/b")]
fn an_operator_cannot_have_this_name(#[case] bad: &str) {
    assert!(Operator::new(bad).is_none(), "{bad}");
}

#[test]
fn an_operator_has_no_name_that_is_an_account() {
    let account = AccountId::new(DateTime::UNIX_EPOCH, [3; 10]).to_string();
    assert!(Operator::new(&account).is_none(), "that is one of staff");
    assert!(Operator::new(&account.to_uppercase()).is_none());
}

#[rstest]
#[case::a_name("li", None)]
#[case::a_user_of_the_system("wang", Some("root"))]
fn who_works_at_the_command_line_answers_by_name(#[case] name: &str, #[case] user: Option<&str>) {
    let operator = Operator::new(name).unwrap();
    let operator = match user {
        Some(user) => operator.working_as(user.to_owned()),
        None => operator,
    };
    let expected = PersonName {
        name: name.to_owned(),
        system_user: user.map(str::to_owned),
    };
    let answers = Actor::CommandLine(operator).responsible_person();
    assert_eq!(answers, Some(ResponsiblePerson::CommandLine(expected)));
}

#[test]
fn staff_answer_by_their_account() {
    let account_id = AccountId::new(DateTime::UNIX_EPOCH, [3; 10]);
    let staff = Actor::Staff {
        account_id,
        grants: Vec::new(),
    };
    let expected = Some(ResponsiblePerson::Staff(account_id));
    assert_eq!(staff.responsible_person(), expected);
}

#[rstest]
#[case::a_visitor(&Actor::Visitor)]
#[case::a_student(&Actor::Student(AccountId::new(DateTime::UNIX_EPOCH, [3; 10])))]
#[case::an_integrator(&Actor::Integrator(client(school(1), &[])))]
#[case::a_background_job(&Actor::BackgroundJob)]
fn nobody_else_answers_for_money(#[case] actor: &Actor) {
    assert_eq!(actor.responsible_person(), None);
}

#[rstest]
#[case::a_visitor(&Actor::Visitor, &Reach::Schools(vec![]))]
#[case::an_integrator(
    &Actor::Integrator(client(school(1), &[])),
    &Reach::Schools(vec![school(1)]),
)]
#[case::a_background_job(&Actor::BackgroundJob, &Reach::AllSchools)]
fn schools_are_those_of_any_role(#[case] actor: &Actor, #[case] expected: &Reach) {
    assert_eq!(actor.schools(), *expected);
}
