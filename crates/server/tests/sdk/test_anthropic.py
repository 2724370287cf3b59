"""The vendor's own client against the reference server: what it reads, writes and raises.

The client's types are the newest statement of the contract, so what it can read is what the server has
to send. STEWARD_SERVER=… python -m unittest discover
"""

import unittest

import anthropic
from anthropic.types import OrganizationInfo, UserProfileNotFoundError
from anthropic.types.organization import (
    APIKey,
    AlreadyMemberError,
    CannotRemoveLastMemberError,
    KeyProfileMismatchError,
    OrganizationUser,
    Workspace,
    WorkspaceMember,
    WorkspaceMemberLimitExceededError,
    WorkspacePolicyViolationError,
)

from servers import Server, assert_strict


class Case(unittest.TestCase):
    """One server for all tests of a class."""

    settings = ("anthropic_rate=0",)

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server(*cls.settings))
        cls.client = cls.server.client()
        cls.organization = cls.client.organization
        cls.workspaces = cls.client.organization.workspaces

    def named(self, name):
        found = self.workspaces.list(limit=1000, include_archived=True, include_default=True)
        return next(each for each in found if each.name == name)

    def person(self, role):
        return self.organization.users.list(roles=[role], limit=1).data[0]

    def assert_strict(self, model):
        assert_strict(self, model)


class Reading(Case):
    def test_the_organization(self):
        me = self.organization.retrieve()
        self.assertIsInstance(me, OrganizationInfo)
        self.assert_strict(me)

    def test_lists_are_walked_forward_by_the_client_itself(self):
        whole = self.workspaces.list(limit=1000, include_archived=True)
        for limit in (1, 3, 20):
            walked = list(self.workspaces.list(limit=limit, include_archived=True))
            self.assertEqual([each.id for each in walked], [each.id for each in whole.data])
        for each in whole.data:
            self.assertIsInstance(each, Workspace)
            self.assert_strict(each)

    def test_lists_are_walked_back_by_the_client_itself(self):
        whole = [each.id for each in self.workspaces.list(limit=1000).data]
        walked = []
        page = self.workspaces.list(limit=4, before_id=whole[-1])
        for part in page.iter_pages():
            walked = [each.id for each in part.data] + walked
        self.assertEqual(walked, whole[:-1])

    def test_ids_narrow_the_list(self):
        archived = self.named("Old Prototype")
        one, other = self.workspaces.list(limit=2).data
        ids = [one.id, other.id, archived.id, "wrkspc_none"]
        self.assertEqual({each.id for each in self.workspaces.list(ids=ids)}, {one.id, other.id})
        both = self.workspaces.list(ids=ids, include_archived=True)
        self.assertEqual(len(both.data), 3)

    def test_the_beta_flavour_reads_the_same(self):
        beta = self.client.beta.organization.workspaces.list(limit=5)
        self.assertEqual([each.id for each in beta.data], [each.id for each in self.workspaces.list(limit=5).data])

    def test_users_and_keys_are_read_strictly(self):
        users = list(self.organization.users.list(limit=50))
        keys = list(self.organization.api_keys.list(limit=50))
        self.assertGreater(min(len(users), len(keys)), 50)
        for each in users:
            self.assertIsInstance(each, OrganizationUser)
            self.assert_strict(each)
        for each in keys:
            self.assertIsInstance(each, APIKey)
            self.assert_strict(each)
        self.assertEqual(self.organization.users.list(email="olivia.okafor@example.com").data[0].role, "admin")

    def test_limits_of_a_workspace(self):
        workspace = self.named("Production")
        limits = self.workspaces.rate_limits
        self.assertEqual(len(limits.list(workspace.id).data), 1)
        walked = list(limits.list(workspace.id, include_inherited=True, limit=2))
        self.assertEqual(len(walked), 6)
        for each in walked:
            self.assert_strict(each)

    def test_a_bearer_token_does_as_well(self):
        token = self.server.credential("owner", "--bearer")
        client = self.server.client(api_key=None, auth_token=token)
        self.assertEqual(client.organization.retrieve().id, self.organization.retrieve().id)

    def test_the_headers_of_a_reply(self):
        raw = self.organization.with_raw_response.retrieve()
        self.assertTrue(raw.headers["request-id"].startswith("req_"))
        self.assertEqual(raw.headers["anthropic-organization-id"], raw.parse().id)


class Writing(Case):
    def test_a_workspace_is_made_changed_and_archived(self):
        made = self.workspaces.create(
            name="From the client",
            display_color="#123456",
            tags={"a": "1", "b": "2"},
            data_residency={"allowed_inference_geos": ["us"], "default_inference_geo": "us"},
        )
        self.assert_strict(made)
        self.assertEqual(made.data_residency.allowed_inference_geos, ["us"])
        changed = self.workspaces.update(made.id, name="Renamed", tags={"a": None, "c": "3"})
        self.assertEqual((changed.name, changed.tags), ("Renamed", {"b": "2", "c": "3"}))
        open_again = self.workspaces.update(made.id, data_residency={"allowed_inference_geos": "unrestricted"})
        self.assertEqual(open_again.data_residency.allowed_inference_geos, "unrestricted")
        archived = self.workspaces.archive(made.id)
        self.assertIsNotNone(archived.archived_at)
        self.assertEqual(self.workspaces.archive(made.id), archived)
        self.assertEqual(self.workspaces.retrieve(made.id), archived)

    def test_archiving_takes_the_keys_along(self):
        workspace = self.named("Claims Triage")
        keys = self.organization.api_keys
        self.assertEqual(len(keys.list(workspace_id=workspace.id, status="active").data), 3)
        self.workspaces.archive(workspace.id)
        self.assertEqual({key.status for key in keys.list(workspace_id=workspace.id)}, {"archived"})

    def test_members_come_and_go(self):
        workspace = self.workspaces.create(name="Team")
        user = self.person("developer")
        members = self.workspaces.members
        added = members.add(workspace.id, user_id=user.id, workspace_role="workspace_user")
        self.assertIsInstance(added, WorkspaceMember)
        self.assert_strict(added)
        with self.assertRaises(AlreadyMemberError):
            members.add(workspace.id, user_id=user.id, workspace_role="workspace_user")
        raised = members.update(user.id, workspace_id=workspace.id, workspace_role="workspace_admin")
        self.assertEqual(raised.workspace_role, "workspace_admin")
        self.assertEqual(members.retrieve(user.id, workspace_id=workspace.id), raised)
        self.assertEqual(list(members.list(workspace.id)), [raised])
        gone = members.remove(user.id, workspace_id=workspace.id)
        self.assertEqual(gone.type, "workspace_member_deleted")
        self.assertEqual(list(members.list(workspace.id)), [])

    def test_a_key_is_renamed_and_switched_off(self):
        key = self.organization.api_keys.list(status="active", limit=1).data[0]
        changed = self.organization.api_keys.update(key.id, name="Renamed", status="inactive")
        self.assertEqual((changed.name, changed.status), ("Renamed", "inactive"))
        self.assertEqual(self.organization.api_keys.retrieve(key.id), changed)

    def test_a_limit_is_set_and_cleared(self):
        workspace = self.workspaces.create(name="Limited")
        limits = self.workspaces.rate_limits
        entry = limits.list(workspace.id, include_inherited=True).data[0].rate_limit_id

        def change(value):
            changes = [{"type": "requests_per_minute", "value": value}]
            return limits.update(entry, workspace_id=workspace.id, limits=changes).limits

        (own,) = change(7)
        self.assertEqual((own.value, own.source.type), (7, "workspace"))
        self.assertEqual(change(None), [])

    def test_a_person_changes_and_leaves(self):
        users = self.organization.users
        person = self.person("user")
        self.assertEqual(users.update(person.id, role="developer").role, "developer")
        self.assertEqual(users.remove(person.id).type, "user_deleted")


class Refusals(Case):
    settings = ("anthropic_rate=0", "anthropic_member_limit=1")

    def refused(self, error, call):
        with self.assertRaises(error) as caught:
            call()
        self.assertIs(type(caught.exception), error)
        self.assertTrue(caught.exception.request_id.startswith("req_"))
        self.assertEqual(caught.exception.body["request_id"], caught.exception.request_id)
        return caught.exception

    def test_400_without_a_code(self):
        refused = self.refused(anthropic.BadRequestError, lambda: self.workspaces.create(name=""))
        self.assertEqual((refused.type, refused.error_code), ("invalid_request_error", None))

    def test_400_with_a_code_has_a_class_of_its_own(self):
        workspace = self.workspaces.create(name="Full")
        add = self.workspaces.members.add
        role = "workspace_user"
        one, other = self.organization.users.list(roles=["developer"], limit=2).data
        add(workspace.id, user_id=one.id, workspace_role=role)
        self.refused(
            WorkspaceMemberLimitExceededError,
            lambda: add(workspace.id, user_id=other.id, workspace_role=role),
        )
        bound = self.named("Claims Triage").external_key_id
        self.refused(
            KeyProfileMismatchError,
            lambda: self.workspaces.update(workspace.id, external_key_id=bound),
        )
        self.refused(
            UserProfileNotFoundError,
            lambda: self.workspaces.update(workspace.id, user_profile_id="uprof_none"),
        )

    def test_the_last_person_stays(self):
        outsider = self.server.client("outsider").organization
        alone = outsider.users.list().data[0]
        self.refused(CannotRemoveLastMemberError, lambda: outsider.users.remove(alone.id))

    def test_401(self):
        client = self.server.client(api_key="sk-ant-admin01-nobody")
        refused = self.refused(anthropic.AuthenticationError, client.organization.retrieve)
        self.assertEqual(refused.type, "authentication_error")

    def test_403(self):
        client = self.server.client("viewer")
        refused = self.refused(anthropic.PermissionDeniedError, client.organization.retrieve)
        self.assertEqual(refused.type, "permission_error")

    def test_404(self):
        workspace = self.workspaces.list(limit=1).data[0]
        outsider = self.server.client("outsider").organization
        refused = self.refused(anthropic.NotFoundError, lambda: outsider.workspaces.retrieve(workspace.id))
        self.assertEqual(refused.type, "not_found_error")

    def test_409_on_request(self):
        self.server.break_next(409, "conflict_error")
        refused = self.refused(anthropic.ConflictError, self.organization.retrieve)
        self.assertEqual(refused.type, "conflict_error")

    def test_529_on_request(self):
        self.server.break_next(529, "overloaded_error")
        self.refused(anthropic.OverloadedError, self.organization.retrieve)


class Limits(Case):
    settings = ("anthropic_rate=3", "anthropic_policy=external_key")

    def test_429_names_a_wait(self):
        for _ in range(3):
            self.organization.retrieve()
        with self.assertRaises(anthropic.RateLimitError) as caught:
            self.organization.retrieve()
        self.assertEqual(caught.exception.type, "rate_limit_error")
        self.assertIn(int(caught.exception.response.headers["retry-after"]), range(1, 61))

    def test_a_policy_names_its_field(self):
        outsider = self.server.client("outsider").organization
        with self.assertRaises(WorkspacePolicyViolationError) as caught:
            outsider.workspaces.create(name="x")
        self.assertEqual(caught.exception.details.field, "external_key_id")


if __name__ == "__main__":
    unittest.main()
