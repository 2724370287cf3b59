//! The answers to what Flashback's documentation leaves open.
//!
//! Guarantees: every open question has one field with the proposed answer as its default, and each
//! answer a name for the command line. Must not know how an answer is carried out.

/// How this server reads what the Flashback documentation does not state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `expiresAt` of a sign-in in seconds; proposed: in milliseconds.
    pub expires_in_seconds: bool,
    /// 401 without a body; proposed: with `{success:false,message}`.
    pub unauthorized_without_body: bool,
    /// Which name a refresh token may have in a body; proposed: either.
    pub refresh_key: RefreshKey,
    /// A refresh that is refused is 400; proposed: 401.
    pub refresh_refused_400: bool,
    /// DELETE of a deleted workspace is 400; proposed: 404, as if it had never been.
    pub delete_again_400: bool,
    /// An empty name is taken; proposed: 400.
    pub empty_name_taken: bool,
    /// A name of more than 255 code points is 400; proposed: taken.
    pub long_name_400: bool,
    /// A name that another workspace of the organization has is 400; proposed: taken.
    pub same_name_400: bool,
    /// Adding someone who is in the workspace already sets the role; proposed: 400.
    pub add_again_sets_role: bool,
    /// The last ADMIN may be removed or demoted; proposed: 400.
    pub last_admin_may_go: bool,
    /// An ADMIN who is not the last may not remove themself (400); proposed: may.
    pub leaving_400: bool,
    /// The owner of an organization sees every workspace of it; proposed: only their own.
    pub owner_sees_all: bool,
    /// Another organization's workspace is 403 to a change; proposed: 404.
    pub outsider_403: bool,
    /// Deleted users are left out of the organization's list; proposed: they are in it.
    pub deleted_users_left_out: bool,
    /// How a wrong code of a second factor is refused; proposed: 401.
    pub wrong_code: WrongCode,
    /// A token from before the second step opens everything; proposed: the profile and the second step.
    pub half_token_opens_all: bool,
}

/// Names of the refresh token in a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RefreshKey {
    /// Either of them.
    #[default]
    Both,
    /// `refreshToken`, as the documentation has it.
    Camel,
    /// `refresh_token`, as the vendor's client has it.
    Snake,
}

/// The status that refuses a wrong code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WrongCode {
    /// 401.
    #[default]
    Unauthorized,
    /// 400.
    Invalid,
    /// 200 with `success: false`.
    Success,
}

/// One `--setting` of this dialect.
#[derive(Clone, Copy, Debug)]
pub struct Setting(fn(&mut Settings));

/// Every answer by its name, the proposed one of each question first.
const ALL: [(&str, Setting); 34] = [
    (
        "flashback_expires=ms",
        Setting(|s| s.expires_in_seconds = false),
    ),
    (
        "flashback_expires=s",
        Setting(|s| s.expires_in_seconds = true),
    ),
    (
        "flashback_unauthorized=message",
        Setting(|s| s.unauthorized_without_body = false),
    ),
    (
        "flashback_unauthorized=empty",
        Setting(|s| s.unauthorized_without_body = true),
    ),
    (
        "flashback_refresh_key=both",
        Setting(|s| s.refresh_key = RefreshKey::Both),
    ),
    (
        "flashback_refresh_key=refreshToken",
        Setting(|s| s.refresh_key = RefreshKey::Camel),
    ),
    (
        "flashback_refresh_key=refresh_token",
        Setting(|s| s.refresh_key = RefreshKey::Snake),
    ),
    (
        "flashback_refresh_refused=401",
        Setting(|s| s.refresh_refused_400 = false),
    ),
    (
        "flashback_refresh_refused=400",
        Setting(|s| s.refresh_refused_400 = true),
    ),
    (
        "flashback_delete_again=404",
        Setting(|s| s.delete_again_400 = false),
    ),
    (
        "flashback_delete_again=400",
        Setting(|s| s.delete_again_400 = true),
    ),
    (
        "flashback_empty_name=400",
        Setting(|s| s.empty_name_taken = false),
    ),
    (
        "flashback_empty_name=accept",
        Setting(|s| s.empty_name_taken = true),
    ),
    (
        "flashback_long_name=accept",
        Setting(|s| s.long_name_400 = false),
    ),
    (
        "flashback_long_name=400",
        Setting(|s| s.long_name_400 = true),
    ),
    (
        "flashback_same_name=accept",
        Setting(|s| s.same_name_400 = false),
    ),
    (
        "flashback_same_name=400",
        Setting(|s| s.same_name_400 = true),
    ),
    (
        "flashback_add_again=400",
        Setting(|s| s.add_again_sets_role = false),
    ),
    (
        "flashback_add_again=200",
        Setting(|s| s.add_again_sets_role = true),
    ),
    (
        "flashback_last_admin=400",
        Setting(|s| s.last_admin_may_go = false),
    ),
    (
        "flashback_last_admin=200",
        Setting(|s| s.last_admin_may_go = true),
    ),
    ("flashback_leave=200", Setting(|s| s.leaving_400 = false)),
    ("flashback_leave=400", Setting(|s| s.leaving_400 = true)),
    (
        "flashback_org_owner=own",
        Setting(|s| s.owner_sees_all = false),
    ),
    (
        "flashback_org_owner=all",
        Setting(|s| s.owner_sees_all = true),
    ),
    (
        "flashback_outsider=404",
        Setting(|s| s.outsider_403 = false),
    ),
    ("flashback_outsider=403", Setting(|s| s.outsider_403 = true)),
    (
        "flashback_deleted_users=include",
        Setting(|s| s.deleted_users_left_out = false),
    ),
    (
        "flashback_deleted_users=exclude",
        Setting(|s| s.deleted_users_left_out = true),
    ),
    (
        "flashback_wrong_code=401",
        Setting(|s| s.wrong_code = WrongCode::Unauthorized),
    ),
    (
        "flashback_wrong_code=400",
        Setting(|s| s.wrong_code = WrongCode::Invalid),
    ),
    (
        "flashback_wrong_code=200",
        Setting(|s| s.wrong_code = WrongCode::Success),
    ),
    (
        "flashback_half_token=refuse",
        Setting(|s| s.half_token_opens_all = false),
    ),
    (
        "flashback_half_token=all",
        Setting(|s| s.half_token_opens_all = true),
    ),
];

impl Setting {
    /// The setting of that name and value.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let found = ALL.iter().find(|(name, _)| *name == text)?;
        Some(found.1)
    }

    /// Every name with its values, for whoever gave another.
    #[must_use]
    pub fn names() -> String {
        ALL.map(|(name, _)| name).join(", ")
    }

    /// Puts it among the others.
    pub fn apply(self, settings: &mut Settings) {
        (self.0)(settings);
    }
}
