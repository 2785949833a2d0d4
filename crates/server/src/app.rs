//! The application: every route, in one place, and the document that is made from them.

use std::num::NonZeroU32;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{Bytes, Data};
use actix_web::{App, Error, HttpRequest};
use service::Context;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, ClientCredentials, Flow, HttpAuthScheme, HttpBuilder, OAuth2, Scopes,
    SecurityScheme,
};
use utoipa::{Modify, OpenApi};
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, scope};

use crate::config::{HttpFile, TimeoutsFile};
use crate::connection::{ClientLimit, Guard};
use crate::drain::Draining;
use crate::extract::{self, TrustProxy};
use crate::fallback::Fallback;
use crate::header::Dates;
use crate::notice_limit::NoticeLimits;
use crate::oauth::OAuthProblem;
use crate::pipeline::Pipeline;
use crate::request_figures::RequestFigures;
use crate::route_table::RouteTable;
use crate::web::WebApp;
use crate::{
    address_limit, audit, capture_code, delivery, desk, enrolment, erasure, event, integrator,
    known_photo, login, lost_phone, managed_school, me, merchant_account, money_case, notify,
    oauth, order, photo, photo_result, progress, purge, rate_limit, reconciliation, review,
    roster_entry, roster_import, roster_student, roster_ticket, school, school_list, second_factor,
    sessions, staff, staff_order, staff_refund, staff_role, statement, task, task_order,
    task_photo, task_preview, task_template, test_school, webhook,
};

/// What the document says besides the operations.
#[derive(OpenApi)]
#[openapi(
    info(title = "gradphoto", version = "1", license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
        description = "Collection of graduates' portraits (毕业生图像采集). Errors are RFC 9457 problems in the language of `Accept-Language` (zh-CN or en). \
        To try calls in the explorer, choose *Authorize* and enter the client id and the secret of a **test school** under `integrator`; no other keys belong there. \
        在线试用：点击 *Authorize*，在 `integrator` 下填写**测试学校**的客户端编号和密钥，请勿填写其他密钥。"),
    tags(
        (name = "login", description = "Logging in by SMS, and out."),
        (name = "staff", description = "Staff: second factors, roles and permissions."),
        (name = "me", description = "The personal centre."),
        (name = "schools", description = "Schools and their tasks."),
        (name = "tasks", description = "Making, opening and closing tasks."),
        (name = "enrolments", description = "Verification against the roster."),
        (name = "roster", description = "Rosters, for staff."),
        (name = "photos", description = "Photos."),
        (name = "deliveries", description = "Packages of accepted photos, for staff."),
        (name = "orders", description = "Orders and paying them."),
        (name = "money", description = "Orders, refunds, cases, bills and statements, for staff."),
        (name = "oauth", description = "Access tokens for integrators."),
        (name = "integrators", description = "Integrators and their credentials, for staff."),
        (name = "events", description = "What happened, for other systems."),
        (name = "notices", description = "Notices of the payment providers."),
    ),
    components(schemas(OAuthProblem)),
    modifiers(&Security),
)]
struct Document;

/// How callers prove who they are.
struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let cookie = ApiKeyValue::with_description(
            "__Host-access",
            "Set by `create_session`; ten minutes, renewed by `refresh_session`.",
        );
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
        let basic = HttpBuilder::new().scheme(HttpAuthScheme::Basic).description(Some(
            "The id and the secret of an integrator; a signed assertion in the form takes their place.",
        ));
        components.add_security_scheme("client", SecurityScheme::Http(basic.build()));
        let scopes = domain::Scope::ALL.iter();
        let scopes = scopes.map(|scope| (scope.as_str(), scope.label().en));
        let flow = Flow::ClientCredentials(ClientCredentials::new(
            "/oauth/token",
            scopes.collect::<Scopes>(),
        ));
        let tokens = OAuth2::with_description(
            [flow],
            "The access token of an integrator. \
            In the explorer at `/api/docs` use the key of a test school alone, never one of a school with students: what is tried there is done. \
            在 `/api/docs` 页面试用接口时，只可填写测试学校的密钥，请勿填写正式学校的密钥：页面上的操作会真实执行。",
        );
        components.add_security_scheme("integrator", SecurityScheme::OAuth2(tokens));
    }
}

/// The application over a context; also for tests.
pub fn app(
    context: Data<Context>,
    settings: &AppSettings,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    let (app, _) = routes(settings);
    let surface = &settings.surface;
    let fallback = Fallback::new(Arc::clone(&surface.routes), settings.web.clone());
    let agreements = login::AgreementAnswers::new(&context.settings.operator);
    let pipeline = Rc::new(Pipeline {
        context: context.clone(),
        routes: Arc::clone(&surface.routes),
        requests: settings.requests.clone(),
        timeouts: settings.timeouts,
        guard: Guard {
            settings: settings.http,
            draining: settings.draining.clone(),
        },
        figures: RequestFigures::new(settings.http.metrics_idle()),
        dates: Dates::default(),
    });
    app.app_data(context)
        .app_data(Data::new(agreements))
        .configure(crate::docs::routes(surface.document.clone()))
        .default_service(actix_web::web::to(move |request: HttpRequest| {
            std::future::ready(fallback.answer(&request))
        }))
        .wrap(from_fn(
            move |request: ServiceRequest, next: Next<BoxBody>| {
                Rc::clone(&pipeline).answer(request, next)
            },
        ))
}

/// What is made of the routes once and shared by all threads: each thread has the application's own table besides.
#[derive(Debug, Clone, Default)]
pub(crate) struct Surface {
    routes: Arc<RouteTable>,
    /// The API document, as JSON.
    document: Bytes,
}

impl Surface {
    /// The surface of the product.
    ///
    /// # Errors
    /// Where the document cannot be written.
    pub(crate) fn new() -> serde_json::Result<Self> {
        let document = document();
        Ok(Self {
            routes: Arc::new(RouteTable::new(&document)),
            document: serde_json::to_vec(&document)?.into(),
        })
    }
}

/// What the application needs to know beside its context.
#[derive(Debug, Clone)]
pub struct AppSettings {
    /// The web app's files.
    pub web: WebApp,
    /// Whether a proxy in front sets `X-Forwarded-For`.
    pub trust_proxy: bool,
    /// How many notices an address takes.
    pub notices: NoticeLimits,
    /// How long clients may take.
    pub(crate) http: HttpFile,
    /// How long the server waits.
    pub(crate) timeouts: TimeoutsFile,
    /// How many requests a client may have at the same time.
    pub(crate) requests: ClientLimit,
    /// What is shared by all threads.
    pub(crate) surface: Surface,
    /// Whether the server is about to stop.
    pub(crate) draining: Draining,
}

/// The operations below `/api/v1`. A path is compared with them in this order: what students ask for comes first.
fn api_routes(config: &mut ServiceConfig<'_>) {
    login::routes(config);
    me::routes(config);
    order::routes(config);
    enrolment::routes(config);
    capture_code::routes(config);
    photo::routes(config);
    school::routes(config);
    sessions::routes(config);
    lost_phone::routes(config);
    erasure::routes(config);
    second_factor::routes(config);
    staff::routes(config);
    staff_role::routes(config);
    integrator::routes(config);
    audit::routes(config);
    event::routes(config);
    webhook::routes(config);
    managed_school::routes(config);
    school_list::routes(config);
    merchant_account::routes(config);
    task::routes(config);
    task_preview::routes(config);
    task_template::routes(config);
    purge::routes(config);
    roster_entry::routes(config);
    roster_import::routes(config);
    roster_student::routes(config);
    roster_ticket::routes(config);
    progress::routes(config);
    desk::routes(config);
    task_photo::routes(config);
    photo_result::routes(config);
    task_order::routes(config);
    statement::routes(config);
    test_school::routes(config);
    review::routes(config);
    known_photo::routes(config);
    delivery::routes(config);
    staff_order::routes(config);
    staff_refund::routes(config);
    money_case::routes(config);
    reconciliation::routes(config);
}

fn routes(
    settings: &AppSettings,
) -> (
    App<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse,
            Error = Error,
            InitError = (),
        > + use<>,
    >,
    utoipa::openapi::OpenApi,
) {
    let (app, mut document) = App::new()
        .into_utoipa_app()
        .openapi(Document::openapi())
        .map(|app| {
            app.app_data(extract::json_config())
                .app_data(extract::payload_config())
                .app_data(extract::query_config())
                .app_data(extract::path_config())
                .app_data(photo::form_config())
                .app_data(TrustProxy(settings.trust_proxy))
                .app_data(Data::new(settings.notices.clone()))
                .app_data(Data::new(settings.timeouts))
                .app_data(Data::new(settings.draining.clone()))
        })
        .service(scope("/api/v1").configure(api_routes))
        .service(scope("/notify").configure(notify::routes))
        .service(scope("/oauth").configure(oauth::routes))
        .service(scope("/.well-known").configure(oauth::well_known))
        .split_for_parts();
    address_limit::describe(&mut document);
    rate_limit::describe(&mut document);
    webhook::describe(&mut document);
    (app, document)
}

/// The API document, made from the routes that answer requests.
pub fn document() -> utoipa::openapi::OpenApi {
    let settings = AppSettings {
        web: WebApp::none(),
        trust_proxy: false,
        notices: NoticeLimits::new(NonZeroU32::MIN),
        http: HttpFile::default(),
        timeouts: TimeoutsFile::default(),
        requests: ClientLimit::new(0, 0, vec![]),
        surface: Surface::default(),
        draining: Draining::default(),
    };
    routes(&settings).1
}
