/** The schemas that the OpenAPI document names, in its order. */

import type { TSchema } from 'typebox';
import { Applied, ApplyBody } from './apply/schemas.js';
import { AdoptBody, Adopted } from './containers/adopt.js';
import { Container } from './containers/container.js';
import { DefinitionInput, definitionParts } from './containers/definition-input.js';
import { Plan, PlannedAction } from './containers/plan.js';
import { Binding, Condition, LinkedBy, ResolvedLink, Status } from './containers/status.js';
import { EventRecord } from './events/schemas.js';
import { ComposeBody, ComposeFile, DockerRunBody, Imported, ReadDefinition } from './import-export/schemas.js';
import { Run } from './jobs/jobs.js';
import { AddressRow, Network, NetworkInput } from './networks/contract.js';
import { Registry, RegistryInput } from './registries/registries.js';
import { Secret, SecretInput } from './secrets/secrets.js';
import { Webhook, WebhookDelivery, WebhookEvent, WebhookInput } from './webhooks/contract.js';

export const components: readonly TSchema[] = [
  ...definitionParts,
  DefinitionInput,
  Condition,
  Binding,
  ResolvedLink,
  LinkedBy,
  Status,
  PlannedAction,
  Plan,
  Container,
  ApplyBody,
  Applied,
  AdoptBody,
  Adopted,
  NetworkInput,
  Network,
  AddressRow,
  RegistryInput,
  Registry,
  SecretInput,
  Secret,
  Run,
  EventRecord,
  WebhookInput,
  Webhook,
  WebhookDelivery,
  WebhookEvent,
  DockerRunBody,
  ComposeBody,
  ComposeFile,
  ReadDefinition,
  Imported,
];
