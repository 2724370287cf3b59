// The peer: the list of workspaces at Altostrat in react-admin, as its documentation shows it. Does the part of Steward's job that is
// measured: sign in by a token, list, search, filter by state, open, edit, archive.
import { createRoot } from "react-dom/client";
import { Admin, Resource } from "react-admin";
import { authProvider } from "./auth.js";
import { dataProvider } from "./data.js";
import { Login } from "./login.jsx";
import { WorkspaceEdit, WorkspaceList, WorkspaceShow } from "./workspaces.jsx";

createRoot(document.getElementById("root")).render(
  <Admin authProvider={authProvider} dataProvider={dataProvider} loginPage={Login} disableTelemetry requireAuth>
    <Resource name="workspaces" list={WorkspaceList} show={WorkspaceShow} edit={WorkspaceEdit} recordRepresentation="name" />
  </Admin>,
);
