"""OpenAI's own client against the reference server: what it reads, writes and raises.

The client's types are the newest statement of the contract, so what it can read is what the server has
to send. STEWARD_SERVER=… python -m unittest discover
"""

import unittest

import openai
from openai.types.admin.organization import OrganizationUser, Project
from openai.types.admin.organization.projects import ProjectUser

from servers import Server, assert_strict


class Case(unittest.TestCase):
    """One server for all tests of a class."""

    settings = ()

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server(*cls.settings))
        cls.organization = cls.server.openai().admin.organization
        cls.projects = cls.organization.projects

    def assert_strict(self, model, of):
        self.assertIs(type(model), of)
        assert_strict(self, model)

    def strangers(self, project):
        """Users of the organization who are not in the project."""
        inside = {each.id for each in self.projects.users.list(project.id, limit=100)}
        return [each for each in self.organization.users.list(limit=100) if each.id not in inside]


class Reading(Case):
    def test_pages_of_projects_are_walked_by_the_client_itself(self):
        whole = [each.id for each in self.projects.list(limit=100, include_archived=True)]
        self.assertGreater(len(whole), 30)
        for limit in (1, 7, 20):
            walked = [each.id for each in self.projects.list(limit=limit, include_archived=True)]
            self.assertEqual(walked, whole)
        active = [each.id for each in self.projects.list(limit=100)]
        self.assertLess(len(active), len(whole))
        self.assertLessEqual(set(active), set(whole))

    def test_projects_are_read_strictly(self):
        seen = set()
        for each in self.projects.list(limit=100, include_archived=True):
            self.assert_strict(each, Project)
            self.assertEqual(each.status == "archived", each.archived_at is not None)
            self.assertEqual(self.projects.retrieve(each.id), each)
            seen.add(each.status)
        self.assertEqual(seen, {"active", "archived"})

    def test_users_of_the_organization_are_read_strictly_page_by_page(self):
        whole = list(self.organization.users.list(limit=100))
        for each in whole:
            self.assert_strict(each, OrganizationUser)
        walked = [each.id for each in self.organization.users.list(limit=3)]
        self.assertEqual(walked, [each.id for each in whole])
        found = list(self.organization.users.list(emails=["olivia.okafor@example.com"]))
        self.assertEqual(len(found), 1)
        self.assertEqual(self.organization.users.retrieve(found[0].id), found[0])

    def test_members_are_read_strictly_page_by_page(self):
        longest = 0
        for project in self.projects.list(limit=5):
            whole = list(self.projects.users.list(project.id, limit=100))
            longest = max(longest, len(whole))
            for each in whole:
                self.assert_strict(each, ProjectUser)
            walked = [each.id for each in self.projects.users.list(project.id, limit=1)]
            self.assertEqual(walked, [each.id for each in whole])
        self.assertGreater(longest, 1)


class Writing(Case):
    def test_a_project_is_made_renamed_and_archived(self):
        made = self.projects.create(name="From the client")
        self.assert_strict(made, Project)
        self.assertEqual((made.name, made.status, made.archived_at), ("From the client", "active", None))
        renamed = self.projects.update(made.id, name="Renamed")
        self.assert_strict(renamed, Project)
        self.assertEqual((renamed.id, renamed.name), (made.id, "Renamed"))
        archived = self.projects.archive(made.id)
        self.assert_strict(archived, Project)
        self.assertEqual((archived.id, archived.status), (made.id, "archived"))
        self.assertIsNotNone(archived.archived_at)
        self.assertEqual(self.projects.retrieve(made.id), archived)
        self.assertNotIn(made.id, [each.id for each in self.projects.list(limit=100)])

    def test_members_come_change_and_go(self):
        project = self.projects.create(name="Team")
        user = self.strangers(project)[0]
        users = self.projects.users
        added = users.create(project.id, user_id=user.id, role="member")
        self.assert_strict(added, ProjectUser)
        self.assertEqual((added.id, added.role, added.email), (user.id, "member", user.email))
        raised = users.update(user.id, project_id=project.id, role="owner")
        self.assert_strict(raised, ProjectUser)
        self.assertEqual(raised.role, "owner")
        self.assertEqual(users.retrieve(user.id, project_id=project.id), raised)
        self.assertEqual(list(users.list(project.id)), [raised])
        gone = users.delete(user.id, project_id=project.id)
        assert_strict(self, gone)
        self.assertEqual((gone.id, gone.deleted), (user.id, True))
        self.assertEqual(list(users.list(project.id)), [])


class Refusals(Case):
    def refused(self, error, call):
        with self.assertRaises(error) as caught:
            call()
        self.assertIs(type(caught.exception), error)
        self.assertEqual(caught.exception.type, "invalid_request_error")
        self.assertTrue(caught.exception.body["message"])
        self.assertTrue(caught.exception.request_id.startswith("req_"))
        return caught.exception

    def test_400_names_its_parameter(self):
        refused = self.refused(openai.BadRequestError, lambda: self.projects.create(name=""))
        self.assertEqual(refused.param, "name")

    def test_400_for_what_is_archived(self):
        project = self.projects.create(name="Over")
        user = self.strangers(project)[0]
        self.projects.archive(project.id)
        for call in (
            lambda: self.projects.update(project.id, name="Again"),
            lambda: self.projects.users.create(project.id, user_id=user.id, role="member"),
        ):
            self.refused(openai.BadRequestError, call)

    def test_400_for_a_cursor_whose_object_is_not_there(self):
        refused = self.refused(openai.BadRequestError, lambda: self.projects.list(after="proj_none"))
        self.assertEqual(refused.param, "after")

    def test_401(self):
        stranger = self.server.openai(admin_api_key="sk-admin-nobody").admin.organization
        refused = self.refused(openai.AuthenticationError, lambda: stranger.projects.list())
        self.assertEqual(refused.code, "invalid_api_key")

    def test_403(self):
        viewer = self.server.openai("viewer").admin.organization
        self.assertTrue(viewer.projects.list().data)
        self.refused(openai.PermissionDeniedError, lambda: viewer.projects.create(name="Mine"))

    def test_404(self):
        outsider = self.server.openai("outsider").admin.organization
        theirs = self.projects.list(limit=1).data[0]
        self.refused(openai.NotFoundError, lambda: outsider.projects.retrieve(theirs.id))

    def test_429_on_request_names_a_wait(self):
        action = {"status": 429, "headers": {"retry-after": "7"}, "body": {"error": {"message": "Slow down.", "type": "requests", "param": None, "code": "rate_limit_exceeded"}}}
        self.server.faults({"dialect": "openai", "times": 1, "action": action})
        with self.assertRaises(openai.RateLimitError) as caught:
            self.projects.list()
        self.assertEqual(caught.exception.code, "rate_limit_exceeded")
        self.assertEqual(caught.exception.response.headers["retry-after"], "7")


if __name__ == "__main__":
    unittest.main()
