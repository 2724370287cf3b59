import { Form, Login as Page, SaveButton, TextInput, required, useLogin, useNotify } from "react-admin";

/** Sign-in by a pasted token. */
export function Login() {
  const login = useLogin();
  const notify = useNotify();
  const submit = (values) => login(values).catch((error) => notify(error.message, { type: "error" }));
  return (
    <Page>
      <Form onSubmit={submit}>
        <TextInput source="token" validate={required()} />
        <SaveButton label="Sign in" icon={null} />
      </Form>
    </Page>
  );
}
