// The session: a bearer token that this tab keeps, as Steward does with "Keep me signed in for this tab".
const KEY = "token";

export const token = () => sessionStorage.getItem(KEY);

/** Who the token speaks for. */
export const subject = () => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(token().split(".")[1].replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0)))).sub;

export const authProvider = {
  async login({ token }) {
    const { ok } = await fetch("/api/altostrat/workspaces", { headers: { Authorization: `Bearer ${token}` } });
    if (!ok) throw new Error("The service refuses this token.");
    sessionStorage.setItem(KEY, token);
  },
  async logout() {
    sessionStorage.removeItem(KEY);
  },
  async checkAuth() {
    if (!token()) throw new Error("Sign in first.");
  },
  async checkError({ status }) {
    if (status === 401) throw new Error("The session is over.");
  },
  async getIdentity() {
    return { id: subject() };
  },
};
