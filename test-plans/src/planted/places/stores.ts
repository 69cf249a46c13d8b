import type { PlantedPlace } from '../plan.ts'
import { attribute } from './attribute.ts'
import { base64 } from './texts.ts'

/** What keeps secrets or is configured with them. */
export const stores: readonly PlantedPlace[] = [
  attribute(
    'parameter',
    'aws_ssm_parameter',
    ({ name, value }) => ({ name: `/ml/${name}`, type: 'SecureString', key_id: 'x', value }),
    () => ['value'],
    { hidden: ['value'] },
  ),
  attribute(
    'parameter in clear',
    'aws_ssm_parameter',
    ({ name, value }) => ({ name: `/ml/${name}`, type: 'String', insecure_value: value }),
    () => ['insecure_value'],
  ),
  attribute(
    'parameter, write-only',
    'aws_ssm_parameter',
    ({ name, value }) => ({ name: `/ml/${name}`, type: 'SecureString', key_id: 'x', value_wo: value }),
    () => ['value_wo'],
  ),
  attribute(
    'secret',
    'aws_secretsmanager_secret_version',
    ({ value }) => ({ secret_string: value }),
    () => ['secret_string'],
    { hidden: ['secret_string'] },
  ),
  attribute(
    'secret, write-only',
    'aws_secretsmanager_secret_version',
    ({ value }) => ({ secret_string_wo: value }),
    () => ['secret_string_wo'],
    { hidden: ['secret_string_wo'] },
  ),
  attribute(
    'secret, binary',
    'aws_secretsmanager_secret_version',
    ({ value }) => ({ secret_binary: base64(value) }),
    () => ['secret_binary'],
    { hidden: ['secret_binary'] },
  ),
  attribute(
    'database',
    'aws_db_instance',
    ({ value }) => ({ password: value }),
    () => ['password'],
    { hidden: ['password'] },
  ),
  attribute(
    'cluster, write-only',
    'aws_rds_cluster',
    ({ value }) => ({ master_password_wo: value }),
    () => ['master_password_wo'],
    { hidden: ['master_password_wo'] },
  ),
  attribute(
    'cache',
    'aws_elasticache_replication_group',
    ({ value }) => ({ auth_token: value }),
    () => ['auth_token'],
    { hidden: ['auth_token'] },
  ),
  attribute(
    'message broker',
    'aws_mq_broker',
    ({ value }) => ({ user: [{ username: 'ml', password: value }] }),
    () => ['user', 0, 'password'],
  ),
  attribute(
    'search domain',
    'aws_opensearch_domain',
    ({ value }) => ({
      advanced_security_options: [{ master_user_options: [{ master_user_name: 'ml', master_user_password: value }] }],
    }),
    () => ['advanced_security_options', 0, 'master_user_options', 0, 'master_user_password'],
  ),
  attribute(
    'workforce',
    'aws_sagemaker_workforce',
    ({ value }) => ({ oidc_config: [{ client_secret: value }] }),
    () => ['oidc_config', 0, 'client_secret'],
  ),
  attribute(
    'event connection',
    'aws_cloudwatch_event_connection',
    ({ name, value }) => ({ auth_parameters: [{ api_key: [{ key: name, value }] }] }),
    () => ['auth_parameters', 0, 'api_key', 0, 'value'],
  ),
  attribute(
    'delivery stream',
    'aws_kinesis_firehose_delivery_stream',
    ({ value }) => ({ http_endpoint_configuration: [{ url: 'https://x.example', access_key: value }] }),
    () => ['http_endpoint_configuration', 0, 'access_key'],
  ),
  attribute(
    'migration endpoint',
    'aws_dms_endpoint',
    ({ value }) => ({ password: value }),
    () => ['password'],
    { hidden: ['password'] },
  ),
  attribute(
    'identity provider',
    'aws_cognito_identity_provider',
    ({ value }) => ({ provider_details: { client_id: 'x', client_secret: value } }),
    () => ['provider_details', 'client_secret'],
  ),
  attribute(
    'load balancer listener',
    'aws_lb_listener',
    ({ value }) => ({ default_action: [{ authenticate_oidc: [{ client_secret: value }] }] }),
    () => ['default_action', 0, 'authenticate_oidc', 0, 'client_secret'],
  ),
  attribute(
    'code pipeline',
    'aws_codepipeline',
    ({ value }) => ({ stage: [{ action: [{ configuration: { Owner: 'acme', OAuthToken: value } }] }] }),
    () => ['stage', 0, 'action', 0, 'configuration', 'OAuthToken'],
  ),
  attribute(
    'distribution header',
    'aws_cloudfront_distribution',
    ({ value }) => ({ origin: [{ custom_header: [{ name: 'X-Api-Key', value }] }] }),
    () => ['origin', 0, 'custom_header', 0, 'value'],
  ),
  attribute(
    'API key',
    'aws_api_gateway_api_key',
    ({ value }) => ({ name: 'x', value }),
    () => ['value'],
    { hidden: ['value'], named: false },
  ),
  attribute(
    'tag',
    'aws_sagemaker_endpoint',
    ({ name, value }) => ({ name: 'x', tags: { team: 'ml', [name]: value } }),
    ({ name }) => ['tags', name],
  ),
  attribute(
    'description',
    'aws_kms_key',
    (kind) => ({ description: `key of the worker, ${kind.value}` }),
    () => ['description'],
    { named: false },
  ),
]
