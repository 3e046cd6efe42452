/** What an account is told, what is on its way to people, and by which ways. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import type { EndpointIn, MessageState, NoticeRow } from "./types";

const OFTEN_MS = 20_000;

export const inboxQuery = () =>
  queryOptions({
    queryKey: ["inbox"],
    queryFn: () => taken(api.GET("/api/inbox")),
    refetchInterval: OFTEN_MS,
  });

export const seenUpTo = (upto: number) => taken(api.POST("/api/inbox/seen", { body: { upto } }));

export const messagesQuery = (state: MessageState, before: number | null) =>
  queryOptions({
    queryKey: ["messages", state, before],
    queryFn: () => taken(api.GET("/api/messages", { params: { query: { state, before } } })),
    refetchInterval: OFTEN_MS,
  });

export const sendAgain = (message: number | null) =>
  message === null
    ? taken(api.POST("/api/messages/again"))
    : taken(api.POST("/api/messages/{message}/again", { params: { path: { message } } }));

export const settle = (message: number) =>
  taken(api.POST("/api/messages/{message}/settle", { params: { path: { message } } }));

export const channelsQuery = () =>
  queryOptions({ queryKey: ["channels"], queryFn: () => taken(api.GET("/api/channels")) });

export interface SavedEndpoint {
  no: number | null;
  body: EndpointIn;
}

export const saveEndpoint = ({ no, body }: SavedEndpoint) =>
  no === null
    ? taken(api.POST("/api/channels/endpoints", { body }))
    : taken(api.PUT("/api/channels/endpoints/{no}", { params: { path: { no } }, body }));

export const removeEndpoint = (no: number) =>
  taken(api.DELETE("/api/channels/endpoints/{no}", { params: { path: { no } } }));

export const tryEndpoint = ({ no, phone }: { no: number; phone: string | null }) =>
  taken(
    api.POST("/api/channels/endpoints/{no}/trial", { params: { path: { no } }, body: { phone } }),
  );

export const saveNotices = (rows: NoticeRow[]) =>
  taken(api.PUT("/api/channels/notices", { body: { rows } }));

export interface SavedTemplate {
  code: string;
  language: string;
  /** None: the shipped words again. */
  words: { subject: string; body: string } | null;
}

export const saveTemplate = ({ code, language, words }: SavedTemplate) => {
  const params = { path: { code, language } };
  return words === null
    ? taken(api.DELETE("/api/channels/templates/{code}/{language}", { params }))
    : taken(api.PUT("/api/channels/templates/{code}/{language}", { params, body: words }));
};
