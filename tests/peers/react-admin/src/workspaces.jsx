// The screens, in react-admin's own components.
import {
  Datagrid, DateField, DeleteWithConfirmButton, Edit, EditButton, FunctionField, List, Pagination, ReferenceField, SaveButton, SearchInput,
  SelectInput, Show, SimpleForm, SimpleShowLayout, TextField, TextInput, Toolbar, TopToolbar, maxLength, required, useGetManyAggregate, useRecordContext,
} from "react-admin";

const STATES = [
  { id: "active", name: "Active" },
  { id: "archived", name: "Archived" },
];
const MAY_EDIT = ["owner", "admin"];
const MAY_ARCHIVE = ["owner"];
/** The most that react-admin's own choice of page sizes has (5, 10, 25, 50): what people with 10,000 rows choose. */
const ROWS = 50;

/** What the contract lets the caller do with the record: nothing while the role is not known. */
function useMay(roles) {
  const record = useRecordContext();
  const { data } = useGetManyAggregate("roles", { ids: record ? [record.id] : [] }, { enabled: Boolean(record) });
  return Boolean(record) && !record.archived && roles.includes(data?.[0]?.role);
}

const Role = (props) => (
  <ReferenceField {...props} source="id" reference="roles" link={false}>
    <TextField source="role" />
  </ReferenceField>
);

const EditWorkspace = () => <EditButton disabled={!useMay(MAY_EDIT)} />;

const ArchiveWorkspace = () => (
  <DeleteWithConfirmButton
    label="Archive" disabled={!useMay(MAY_ARCHIVE)} mutationMode="pessimistic" redirect="list"
    confirmTitle="Archive %{recordRepresentation}" confirmContent="There is no documented way back."
  />
);

const filters = [<SearchInput key="q" source="q" alwaysOn />, <SelectInput key="state" source="state" label="State" choices={STATES} alwaysOn />];

export const WorkspaceList = () => (
  <List
    filters={filters} filterDefaultValues={{ state: "active" }} sort={{ field: "name", order: "ASC" }} perPage={ROWS}
    pagination={<Pagination rowsPerPageOptions={[10, 25, ROWS]} />} exporter={false}
  >
    <Datagrid rowClick="show" bulkActionButtons={false}>
      <TextField source="name" />
      <TextField source="id" sortable={false} />
      <Role label="Your role" sortable={false} />
      <TextField source="billing_mode" label="Billing" />
      <FunctionField source="state" sortable={false} render={({ state }) => STATES.find(({ id }) => id === state)?.name} />
      <DateField source="updated_at" label="Updated" showTime />
      <EditWorkspace />
      <ArchiveWorkspace />
    </Datagrid>
  </List>
);

const Actions = () => (
  <TopToolbar>
    <EditWorkspace />
    <ArchiveWorkspace />
  </TopToolbar>
);

export const WorkspaceShow = () => (
  <Show actions={<Actions />}>
    <SimpleShowLayout>
      <TextField source="name" />
      <TextField source="description" emptyText="None" />
      <TextField source="id" />
      <Role label="Your role" />
      <TextField source="billing_mode" label="Billing" />
      <TextField source="state" />
      <DateField source="created_at" label="Created" showTime />
      <DateField source="updated_at" label="Updated" showTime />
    </SimpleShowLayout>
  </Show>
);

const Save = () => (
  <Toolbar>
    <SaveButton disabled={!useMay(MAY_EDIT)} />
  </Toolbar>
);

export const WorkspaceEdit = () => (
  <Edit mutationMode="pessimistic" actions={false}>
    <SimpleForm toolbar={<Save />}>
      <TextInput source="name" validate={[required(), maxLength(50)]} />
      <TextInput source="description" validate={maxLength(200)} multiline />
    </SimpleForm>
  </Edit>
);
