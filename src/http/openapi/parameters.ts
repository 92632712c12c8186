/** Parameters that several operations share. */

import { Type } from 'typebox';

export const NameParams = Type.Object({
  name: Type.String({ description: "The container's name.", examples: ['web'] }),
});

/** Schema for operations without query parameters: an unexpected one is a mistake, and is refused. */
export const noQuery = Type.Object({}, { additionalProperties: false });

export const flag = (description: string) => Type.Optional(Type.Boolean({ default: false, description }));

/** The parameters of every write. */
export const writeQuery = {
  dryRun: flag('Run all checks and return the plan without storing anything.'),
  wait: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 300,
      default: 0,
      description: 'Seconds to wait until the definition is ready.',
    }),
  ),
} as const;

export const WriteQuery = Type.Object(writeQuery, { additionalProperties: false });
