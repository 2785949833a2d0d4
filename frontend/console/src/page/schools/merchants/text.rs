//! Texts of schools' merchant accounts.

ui::texts! {
    /// Schools' merchant accounts.
    pub(super) struct MerchantTexts {
        title: "学校收款账户", "The school's merchant accounts";
        lead: "学校自有的微信支付或支付宝账户；没有时使用平台的公共账户。密钥加密保存，之后不再显示。", "The school's own accounts at WeChat Pay or Alipay; without one the platform's common account is used. Keys are stored encrypted and never shown again.";
        none: "尚未设置，使用平台的公共账户。", "None; the platform's common account is used.";
        saved: "已保存，新的支付使用这个账户。", "Saved. New payments use this account.";
        give: "设置{provider}账户或更换密钥", "Give an account at {provider}, or replace its keys";
        provider: "支付平台", "Provider";
        merchant_no: "商户号", "Merchant number";
        application: "应用编号", "Application";
        account: "账户名（通知地址的一部分）", "Account (part of the notice address)";
        updated: "最近更新", "Last changed";
        retired: "停用时间", "Retired";
        retire: "停用账户", "Retire the account";
        retire_title: "要停用这个收款账户吗？", "Retire this account?";
        retire_detail: "新的支付改用平台的公共账户；已收款项的查询和退款仍由这个账户办理。", "New payments go to the platform's common account. What this account took is still asked of it and refunded from it.";
        keep: "保持不变", "Keep it";
        same_number: "商户号与现有账户相同时只更换密钥；不同时启用新账户，原账户停用但仍可退款。", "With the same merchant number only the keys are replaced; with another one the new account is used, and the old one still refunds what it took.";
        mchid: "商户号（mchid）", "Merchant number (mchid)";
        appid: "应用编号（appid）", "Application (appid)";
        merchant_serial: "商户 API 证书序列号", "Serial of the merchant's API certificate";
        merchant_private_key: "商户 API 私钥（PEM）", "Merchant's private key (PEM)";
        api_v3_key: "APIv3 密钥", "APIv3 key";
        public_key_id: "微信支付公钥 ID", "ID of WeChat Pay's public key";
        public_key: "微信支付公钥（PEM）", "WeChat Pay's public key (PEM)";
        app_secret: "公众号密钥（选填）", "Secret of the official account (optional)";
        app_secret_hint: "填写后学生可在微信内直接支付。", "With it students can pay inside WeChat.";
        app_id: "应用编号（APPID）", "Application (APPID)";
        seller_id: "卖家编号（2088 开头）", "Seller's number (2088…)";
        app_private_key: "应用私钥（PEM）", "Application's private key (PEM)";
        alipay_public_key: "支付宝公钥（PEM）", "Alipay's public key (PEM)";
        alipay_public_key_hint: "不是应用公钥。", "Not the application's own public key.";
        fee: "平台费率（万分之几，选填）", "The provider's fee in hundredths of a percent (optional)";
        fee_hint: "例如 60 表示 0.6%；填写后与账单核对手续费，留空则不变。", "60 is 0.6 %. With it fees are compared with the bill; left empty it stays as it was.";
        save: "保存账户", "Save the account";
    }
}
