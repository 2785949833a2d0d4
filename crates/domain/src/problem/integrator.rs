//! Problems of integrators, and those that people meet who manage them.

/// Makes the table of problems: the rows that are given, then those of this file.
macro_rules! with_integrator_problems {
    ($($row:tt)*) => {
        with_webhook_problems! {
            $($row)*
            IntegratorToken: NotProven = "integrator.token_invalid" {
                "访问令牌无效", "访问令牌有误、已过期或已被撤销。请在 /oauth/token 重新获取。";
                "The access token is not valid", "It is wrong, has expired or was revoked. Get a new one at /oauth/token.";
            }
            IntegratorScope: Forbidden = "integrator.scope_missing" {
                "访问令牌缺少权限", "这项操作需要权限范围 {scope}。请在申请令牌时包含它；若对接系统没有该权限，请联系学校管理员。";
                "The token lacks a scope", "This needs the scope {scope}. Ask for it with the token; if the integrator does not have it, ask an officer of the school.";
            }
            IntegratorAddress: Forbidden = "integrator.address_refused" {
                "请求来源地址不在允许范围内", "该对接系统只接受指定网络的请求。请从允许的地址访问，或请管理员修改。";
                "This address is not allowed", "The integrator is accepted from certain networks only. Call from one of them, or ask an officer to change the list.";
            }
            IntegratorTries: TooOften = "integrator.too_many_tries" {
                "凭证错误次数过多", "请核对 client_id 和密钥，在 {wait}后再试。";
                "Too many wrong credentials", "Check the client id and the secret, and try again in {wait}.";
            }
            IntegratorUnknown: Missing = "integrator.unknown" {
                "没有这个对接系统", "请从列表进入；它可能属于其他学校。";
                "Integrator not found", "Open it from the list. It may belong to another school.";
            }
            IntegratorRevoked: State = "integrator.revoked" {
                "对接系统已停用", "停用后不能恢复。如需继续对接，请新建一个。";
                "The integrator was shut off", "That cannot be taken back. Make a new one to connect again.";
            }
            IntegratorName: Invalid = "integrator.name_length" {
                "请填写名称", "名称须为 1 至 {max} 个字，不能换行。";
                "Enter a name", "A name has 1 to {max} characters in one line.";
            }
            IntegratorScopes: Invalid = "integrator.scopes_invalid" {
                "权限范围不正确", "请至少选择一项，每项应为：{expected}。";
                "Choose the scopes", "Choose at least one of: {expected}.";
            }
            IntegratorNetworks: Invalid = "integrator.networks_invalid" {
                "网络地址不正确", "请填写 IP 地址或网段，例如 203.0.113.0/24，最多 {max} 个；不填表示不限。";
                "Check the networks", "Write addresses or networks such as 203.0.113.0/24, {max} at most; none means any.";
            }
            IntegratorSchools: Invalid = "integrator.schools_invalid" {
                "学校不正确", "请选择 1 至 {max} 所已有的学校。";
                "Check the schools", "Choose 1 to {max} schools that are there.";
            }
            IntegratorKey: Invalid = "integrator.public_key_invalid" {
                "公钥无法使用", "请填写 JWK 格式的公钥：RSA（至少 2048 位）、EC P-256 或 Ed25519，并带 kid；不要填写私钥。";
                "The public key can't be used", "Send a public JSON Web Key with a kid: RSA of 2048 bits or more, EC P-256, or Ed25519. Never send the private key.";
            }
            IntegratorExpiry: Invalid = "integrator.expiry_invalid" {
                "有效天数不正确", "有效期应为 1 至 {max} 天。";
                "Check the time", "A credential is good for 1 to {max} days.";
            }
            IntegratorCredentials: State = "integrator.credentials_full" {
                "有效凭证已达上限", "同时最多有 {max} 个有效凭证。请先吊销不再使用的一个。";
                "There are enough credentials", "At most {max} are active at the same time. Revoke one that is not used any more first.";
            }
            CredentialUnknown: Missing = "integrator.credential_unknown" {
                "没有这个凭证", "请从对接系统的页面操作。";
                "Credential not found", "Open it from the integrator's page.";
            }
            RequestMatchMissing: Unconditional = "request.if_match_required" {
                "请说明修改的是哪个版本", "请在 If-Match 中带上读取时得到的 ETag。";
                "Say which version you mean", "Send the ETag that you read in If-Match.";
            }
            RequestMatchStale: Stale = "request.if_match_stale" {
                "内容已有新版本", "请重新读取，确认后再带上新的 ETag 提交。";
                "There is a newer version", "Read it again, look at it, and send the new ETag.";
            }
        }
    };
}
