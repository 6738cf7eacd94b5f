import "next-auth";

declare module "next-auth" {
  interface User {
    id: string;
    tokenVersion: number;
  }
}
