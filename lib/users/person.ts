export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 200;

/** Who is signed in, as pages and components need it. */
export interface Person {
  id: string;
  name: string;
  email: string;
  role: "administrator" | "member";
}
