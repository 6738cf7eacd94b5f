import type { IncomingMessage } from "node:http";
import type { GetServerSideProps } from "next";
import { prepareDrawn } from "@/components/share/page/drawn";
import { SharedDocument, type SharedDocumentProps } from "@/components/share/page/shared-document";
import { sharePageSource } from "@/lib/http/share-page-source";
import { documentProps, type OfRequest } from "@/lib/http/shared-document-props";

/** No React in the browser: the page is whole as it comes. */
export const config = { unstable_runtimeJS: false };

export const getServerSideProps: GetServerSideProps<SharedDocumentProps> = async ({
  req,
  res,
  params,
  query,
}) => {
  const request = { req, res } as OfRequest;
  const token = String(params?.shareToken);
  // The same as data is for a script that there is none of.
  if (req.url?.startsWith("/_next/")) return { notFound: true };
  const opened = await sharePageSource().open(token, req.headers.cookie ?? "", isSeen(req));
  const formulas = await prepareDrawn(opened);
  // On the way to the password nothing is shown and nothing links away; its form must say where it comes from.
  const referrer = opened?.state === "password" ? "same-origin" : "no-referrer";
  const path = `/s/${token}`;
  const props = await documentProps(request, { referrer, status: opened ? 200 : 404 });
  return {
    props: {
      ...props,
      opened,
      formulas,
      path,
      pictures: `${path}/images`,
      trouble: String(query.trouble ?? ""),
    },
  };
};

/** Not when only the headers are wanted, nor ahead of somebody who may come. */
const isSeen = ({ method, headers }: IncomingMessage): boolean =>
  method === "GET" && !/prefetch|prerender/i.test(String(headers["sec-purpose"] ?? headers.purpose ?? ""));

export default SharedDocument;
