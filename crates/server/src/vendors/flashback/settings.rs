//! The answers to what Flashback's documentation leaves open.
//!
//! Guarantees: every open question has one field with the proposed answer as its default, and each
//! answer a name for the command line. Must not know how an answer is carried out.

use crate::core::settings::{Question, flag, word};

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

/// Every question by its name, the proposed answer first.
pub const QUESTIONS: [Question<Settings>; 16] = [
    flag("flashback_expires", [("ms", false), ("s", true)], |s| {
        &mut s.expires_in_seconds
    }),
    flag(
        "flashback_unauthorized",
        [("message", false), ("empty", true)],
        |s| &mut s.unauthorized_without_body,
    ),
    word(
        "flashback_refresh_key",
        &[
            ("both", |s| s.refresh_key = RefreshKey::Both),
            ("refreshToken", |s| s.refresh_key = RefreshKey::Camel),
            ("refresh_token", |s| s.refresh_key = RefreshKey::Snake),
        ],
    ),
    flag(
        "flashback_refresh_refused",
        [("401", false), ("400", true)],
        |s| &mut s.refresh_refused_400,
    ),
    flag(
        "flashback_delete_again",
        [("404", false), ("400", true)],
        |s| &mut s.delete_again_400,
    ),
    flag(
        "flashback_empty_name",
        [("400", false), ("accept", true)],
        |s| &mut s.empty_name_taken,
    ),
    flag(
        "flashback_long_name",
        [("accept", false), ("400", true)],
        |s| &mut s.long_name_400,
    ),
    flag(
        "flashback_same_name",
        [("accept", false), ("400", true)],
        |s| &mut s.same_name_400,
    ),
    flag(
        "flashback_add_again",
        [("400", false), ("200", true)],
        |s| &mut s.add_again_sets_role,
    ),
    flag(
        "flashback_last_admin",
        [("400", false), ("200", true)],
        |s| &mut s.last_admin_may_go,
    ),
    flag("flashback_leave", [("200", false), ("400", true)], |s| {
        &mut s.leaving_400
    }),
    flag(
        "flashback_org_owner",
        [("own", false), ("all", true)],
        |s| &mut s.owner_sees_all,
    ),
    flag("flashback_outsider", [("404", false), ("403", true)], |s| {
        &mut s.outsider_403
    }),
    flag(
        "flashback_deleted_users",
        [("include", false), ("exclude", true)],
        |s| &mut s.deleted_users_left_out,
    ),
    word(
        "flashback_wrong_code",
        &[
            ("401", |s| s.wrong_code = WrongCode::Unauthorized),
            ("400", |s| s.wrong_code = WrongCode::Invalid),
            ("200", |s| s.wrong_code = WrongCode::Success),
        ],
    ),
    flag(
        "flashback_half_token",
        [("refuse", false), ("all", true)],
        |s| &mut s.half_token_opens_all,
    ),
];
