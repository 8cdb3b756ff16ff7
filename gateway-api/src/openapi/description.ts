import { paths } from './paths.js'
import { schemas } from './schemas.js'

/**
 * The description of the API as served at `/v1/openapi.json`. Records' shapes come from the records' own schemas; tests hold
 * the rest to the routes and to real answers.
 */
export function openApi(): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Caizheng gateway API',
      version: '1.1.0',
      description:
        'Anchor documents of public works money on the chain, find them, verify them; find projects, contracts, invoices, payment applications and vouchers. One gateway acts for one department.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{}, { token: [] }],
    paths,
    components: {
      schemas: schemas(),
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'Needed where the gateway listens beyond its own machine.',
        },
      },
    },
  }
}
