//! The matrix as a table, and what follows from it.

use chrono::DateTime;

use super::*;

/// One row a permission; the columns are those of [`Principal::ALL`]: student, visitor, reviewer, officer, finance,
/// operator, integrator, command line, background job.
const MATRIX: [(Permission, &str); 15] = [
    (Permission::UseOwnData, "x--------"),
    (Permission::ReviewPhotos, "--x--x-x-"),
    (Permission::TakeOverPhotos, "---x-xxx-"),
    (Permission::ManageTasks, "---x-x-x-"),
    (Permission::ManageRosters, "---x-xxx-"),
    (Permission::ReadProgress, "--xx-xxx-"),
    (Permission::LookUpEnrolments, "---x-x-x-"),
    (Permission::ReleaseEnrolments, "-----x-x-"),
    (Permission::RequestRefunds, "----xx-x-"),
    (Permission::DecideRefunds, "----xx-x-"),
    (Permission::ResolveMoneyCases, "----xx-x-"),
    (Permission::ReadStatements, "----xx-x-"),
    (Permission::ManageStaff, "-----x-x-"),
    (Permission::ReadAudit, "---x-x-x-"),
    (Permission::RunBackgroundWork, "--------x"),
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
        role: Role::Officer,
        reach: Reach::Schools(vec![ours]),
    };
    let reach = officer.require(Permission::ManageRosters).unwrap();
    assert!(reach.includes(ours) && !reach.includes(theirs));
    let refused = officer.require(Permission::DecideRefunds).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "staff has no permission refunds.decide"
    );
    let integrator = Actor::Integrator(ours);
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

#[test]
fn an_operator_has_a_name_that_means_one_person() {
    for good in ["li", "Li.Ming", "wang-2", "李明"] {
        assert!(Operator::new(good).is_some(), "{good}");
    }
    for bad in [
        "", "x", "li ming", "li\n", "system", "System", "CONSOLE", "a/b",
    ] {
        assert!(Operator::new(bad).is_none(), "{bad}");
    }
    let li = Operator::new("Li").unwrap();
    assert!(li.is_called("li") && !li.is_called("lin"));
}
