import "server-only";
import { environment } from "@/lib/platform/environment";

/** Ids of the models that people may choose among; the first is the installation's own (threat 45). */
export const offeredModels = (): string[] => environment().provider.models;

export const isOffered = (model: string): boolean => offeredModels().includes(model);
