import type { PlantedPlace } from '../plan.ts'
import { attribute, list, map } from './attribute.ts'
import { words, yaml } from './texts.ts'

/** What runs models, jobs and functions. */
export const workloads: readonly PlantedPlace[] = [
  attribute(
    'SageMaker model',
    'aws_sagemaker_model',
    (kind) => ({ primary_container: [{ image: 'x', environment: map(kind) }] }),
    ({ name }) => ['primary_container', 0, 'environment', name],
  ),
  attribute(
    'SageMaker model, second container',
    'aws_sagemaker_model',
    (kind) => ({ container: [{ image: 'x' }, { image: 'x', environment: map(kind) }] }),
    ({ name }) => ['container', 1, 'environment', name],
  ),
  attribute(
    'SageMaker pipeline',
    'aws_sagemaker_pipeline',
    (kind) => ({
      pipeline_definition: JSON.stringify({
        Version: '2020-12-01',
        Steps: [{ Name: 'Train', Arguments: { Environment: map(kind) } }],
      }),
    }),
    () => ['pipeline_definition'],
  ),
  attribute(
    'ECS environment',
    'aws_ecs_task_definition',
    (kind) => ({ container_definitions: JSON.stringify([{ name: 'a', environment: list(kind) }]) }),
    ({ name }) => ['container_definitions', 0, 'environment', name],
  ),
  attribute(
    'ECS command',
    'aws_ecs_task_definition',
    (kind) => ({ container_definitions: JSON.stringify([{ name: 'a', command: words(kind) }]) }),
    () => ['container_definitions', 0, 'command'],
  ),
  attribute(
    'ECS log options',
    'aws_ecs_task_definition',
    (kind) => ({
      container_definitions: JSON.stringify([{ name: 'a', logConfiguration: { logDriver: 'x', options: map(kind) } }]),
    }),
    ({ name }) => ['container_definitions', 0, 'logConfiguration', 'options', name],
  ),
  attribute(
    'Lambda environment',
    'aws_lambda_function',
    (kind) => ({ environment: [{ variables: map(kind) }] }),
    ({ name }) => ['environment', 0, 'variables', name],
  ),
  attribute(
    'Batch environment',
    'aws_batch_job_definition',
    (kind) => ({ container_properties: JSON.stringify({ image: 'x', environment: list(kind) }) }),
    ({ name }) => ['container_properties', 'environment', name],
  ),
  attribute(
    'Batch command',
    'aws_batch_job_definition',
    (kind) => ({ container_properties: JSON.stringify({ image: 'x', command: words(kind) }) }),
    () => ['container_properties', 'command'],
  ),
  attribute(
    'Batch node environment',
    'aws_batch_job_definition',
    (kind) => ({
      node_properties: JSON.stringify({
        nodeRangeProperties: [{ targetNodes: '0:', container: { environment: list(kind) } }],
      }),
    }),
    ({ name }) => ['node_properties', 'nodeRangeProperties', 0, 'container', 'environment', name],
  ),
  attribute(
    'Batch ECS environment',
    'aws_batch_job_definition',
    (kind) => ({
      ecs_properties: JSON.stringify({ taskProperties: [{ containers: [{ name: 'a', environment: list(kind) }] }] }),
    }),
    ({ name }) => ['ecs_properties', 'taskProperties', 0, 'containers', 0, 'environment', name],
  ),
  attribute(
    'Batch pod environment',
    'aws_batch_job_definition',
    (kind) => ({ eks_properties: [{ pod_properties: [{ containers: [{ image: 'x', env: list(kind) }] }] }] }),
    ({ name }) => ['eks_properties', 0, 'pod_properties', 0, 'containers', 0, 'env', name],
  ),
  attribute(
    'Batch pod arguments',
    'aws_batch_job_definition',
    (kind) => ({ eks_properties: [{ pod_properties: [{ containers: [{ image: 'x', args: words(kind) }] }] }] }),
    () => ['eks_properties', 0, 'pod_properties', 0, 'containers', 0, 'args'],
  ),
  attribute(
    'Batch parameters',
    'aws_batch_job_definition',
    (kind) => ({ parameters: map(kind) }),
    ({ name }) => ['parameters', name],
  ),
  attribute(
    'App Runner',
    'aws_apprunner_service',
    (kind) => ({
      source_configuration: [
        { image_repository: [{ image_configuration: [{ runtime_environment_variables: map(kind) }] }] },
      ],
    }),
    ({ name }) => [
      'source_configuration',
      0,
      'image_repository',
      0,
      'image_configuration',
      0,
      'runtime_environment_variables',
      name,
    ],
  ),
  attribute(
    'CodeBuild',
    'aws_codebuild_project',
    (kind) => ({ environment: [{ environment_variable: list(kind) }] }),
    () => ['environment', 0, 'environment_variable', 1, 'value'],
  ),
  attribute(
    'CodeBuild build file',
    'aws_codebuild_project',
    (kind) => ({ source: [{ buildspec: yaml(kind) }] }),
    () => ['source', 0, 'buildspec'],
  ),
  attribute(
    'Glue job',
    'aws_glue_job',
    ({ name, value }) => ({ default_arguments: { '--job-language': 'python', [`--${name}`]: value } }),
    ({ name }) => ['default_arguments', `--${name}`],
  ),
  attribute(
    'Glue connection',
    'aws_glue_connection',
    (kind) => ({ connection_properties: map(kind) }),
    ({ name }) => ['connection_properties', name],
    { hidden: ['connection_properties'] },
  ),
  attribute(
    'Step Functions',
    'aws_sfn_state_machine',
    (kind) => ({
      definition: JSON.stringify({
        StartAt: 'Train',
        States: { Train: { Type: 'Task', Parameters: { Environment: map(kind) } } },
      }),
    }),
    () => ['definition'],
  ),
  attribute(
    'Amplify',
    'aws_amplify_app',
    (kind) => ({ environment_variables: map(kind) }),
    ({ name }) => ['environment_variables', name],
  ),
  attribute(
    'Elastic Beanstalk',
    'aws_elastic_beanstalk_environment',
    ({ name, value }) => ({ setting: [{ namespace: 'aws:elasticbeanstalk:application:environment', name, value }] }),
    () => ['setting', 0, 'value'],
  ),
  attribute(
    'Airflow options',
    'aws_mwaa_environment',
    (kind) => ({ airflow_configuration_options: map(kind) }),
    ({ name }) => ['airflow_configuration_options', name],
    { hidden: ['airflow_configuration_options'] },
  ),
  attribute(
    'Kafka connector',
    'aws_mskconnect_connector',
    (kind) => ({ connector_configuration: map(kind) }),
    ({ name }) => ['connector_configuration', name],
  ),
  attribute(
    'CloudFormation parameters',
    'aws_cloudformation_stack',
    (kind) => ({ parameters: map(kind) }),
    ({ name }) => ['parameters', name],
  ),
  attribute(
    'Lightsail container',
    'aws_lightsail_container_service_deployment_version',
    (kind) => ({ container: [{ environment: map(kind) }] }),
    ({ name }) => ['container', 0, 'environment', name],
  ),
  attribute(
    'EMR bootstrap',
    'aws_emr_cluster',
    (kind) => ({ bootstrap_action: [{ path: 's3://x/y', args: words(kind) }] }),
    () => ['bootstrap_action', 0, 'args', 3],
  ),
  attribute(
    'API stage variables',
    'aws_api_gateway_stage',
    (kind) => ({ variables: map(kind) }),
    ({ name }) => ['variables', name],
  ),
]
