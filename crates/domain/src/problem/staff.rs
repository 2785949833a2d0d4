//! Problems that staff meet: their own accounts, schools and tasks.

/// Makes the table of problems: the rows that are given, then those of this file.
macro_rules! with_staff_problems {
    ($($row:tt)*) => {
        problems! {
            $($row)*
            StaffSecondFactor: Forbidden = "staff.second_factor_required" {
                "请完成两步验证", "管理后台需要验证器中的动态码。请先完成两步验证，再继续操作。";
                "Confirm your second factor", "The console needs a code from your authenticator app. Confirm it, then go on.";
            }
            StaffFreshCode: Forbidden = "staff.fresh_code_required" {
                "请再次输入动态码", "这项操作涉及敏感数据，需要 {minutes} 分钟内验证过的动态码。请输入验证器中的动态码后重试。";
                "Enter a new code", "This concerns sensitive data and needs a code confirmed within the last {minutes} minutes. Enter one from your authenticator app and try again.";
            }
            StaffIdle: NotProven = "staff.session_idle" {
                "长时间未操作，已退出登录", "管理后台 {minutes} 分钟没有操作会自动退出。请重新登录。";
                "You were logged out for inactivity", "The console logs out after {minutes} minutes without use. Please log in again.";
            }
            StaffCodeWrong: Invalid = "staff.code_wrong" {
                "动态码不正确", "请输入验证器当前显示的 6 位动态码。每个动态码只能使用一次，用过后请等下一个；若总是不对，请检查手机时间是否准确。";
                "That code isn't right", "Enter the 6 digits that your authenticator app shows now. A code works once; if you just used one, wait for the next. If it keeps failing, check the clock of your phone.";
            }
            StaffCodeTries: TooOften = "staff.too_many_tries" {
                "动态码输错次数过多", "请在 {wait}后再试。";
                "Too many wrong codes", "Try again in {wait}.";
            }
            StaffRecoveryWrong: Invalid = "staff.recovery_code_wrong" {
                "恢复码不正确", "恢复码由 10 位字母和数字组成，每个只能使用一次。请核对后重试，或使用另一个。";
                "That recovery code isn't right", "A recovery code has 10 letters and digits and works once. Check it, or use another one.";
            }
            StaffDevice: State = "staff.device_present" {
                "已绑定验证器", "您已绑定验证器。如需更换，请先输入动态码或恢复码；如已丢失，请联系管理员重置。";
                "You have an authenticator", "To replace it, confirm a code or a recovery code first. If it is lost, ask another officer or an operator to reset it.";
            }
            StaffDeviceMissing: State = "staff.device_missing" {
                "还没有绑定验证器", "请先绑定验证器，再输入动态码。";
                "No authenticator is set up", "Set up an authenticator first, then enter a code.";
            }
            StaffUnknown: Missing = "staff.unknown" {
                "没有找到", "没有这所学校或这位人员，或不在您的管理范围内。请刷新列表后重试。";
                "Not found", "There is no such school or person, or they are not yours to manage. Refresh the list and try again.";
            }
            StaffRolePresent: State = "staff.role_present" {
                "此人已有该角色", "这个手机号在这里已有该角色。如需修改范围，请在人员列表中修改。";
                "They have this role already", "This phone has the role here. Change its limits in the list of staff.";
            }
            RequestVersion: State = "request.version_conflict" {
                "内容已被他人修改", "在您编辑期间，其他人已修改。请刷新后重试。";
                "Somebody else changed this", "It was changed while you were editing. Refresh and try again.";
            }
            StaffLastOperator: State = "staff.last_operator" {
                "这是最后一位平台运营", "平台至少要有一位平台运营。请先添加另一位，再移除。";
                "This is the last operator", "The platform needs at least one. Add another one first.";
            }
            StaffOwnDevice: State = "staff.own_device" {
                "不能重置自己的验证器", "请用恢复码登录后更换验证器，或请另一位管理员重置。";
                "You can't reset your own authenticator", "Log in with a recovery code and replace it, or ask another officer or operator.";
            }
            StaffElsewhere: State = "staff.roles_elsewhere" {
                "此人还有其他角色", "此人在其他学校或平台也有角色，验证器须由平台运营重置。";
                "They have roles elsewhere", "This person also has a role of another school or of the platform, so an operator must reset the authenticator.";
            }
            StaffName: Invalid = "staff.name_length" {
                "请填写姓名", "姓名须为 1 至 {max} 个字。";
                "Enter a name", "A name has 1 to {max} characters.";
            }
            StaffRoleUnknown: Invalid = "staff.role_unknown" {
                "请选择角色", "角色应为：{expected}。";
                "Choose a role", "The role must be one of: {expected}.";
            }
            StaffLimits: Invalid = "staff.limits_invalid" {
                "范围不正确", "这里最多可填 {max} 项。平台角色不能限定学院或班级。";
                "The limits aren't right", "At most {max} entries are possible here. Roles of the platform can't be limited to colleges or classes.";
            }
            StaffInvitationOver: Over = "staff.invitation_expired" {
                "邀请已过期", "邀请在 {days} 天内有效。请联系邀请您的管理员重新邀请。";
                "The invitation has expired", "An invitation is good for {days} days. Ask whoever invited you to do it again.";
            }
        }
    };
}
