import type { PlantedPlace } from '../plan.ts'
import { attribute } from './attribute.ts'
import { base64, cloudConfig, multipart, script } from './texts.ts'

/** What machines run when they start. */
export const scripts: readonly PlantedPlace[] = [
  attribute(
    'user data',
    'aws_instance',
    (kind) => ({ user_data: script(kind) }),
    () => ['user_data'],
  ),
  attribute(
    'user data in base64',
    'aws_instance',
    (kind) => ({ user_data_base64: base64(script(kind)) }),
    () => ['user_data_base64'],
  ),
  attribute(
    'launch template',
    'aws_launch_template',
    (kind) => ({ user_data: base64(script(kind)) }),
    () => ['user_data'],
  ),
  attribute(
    'launch template, multi-part',
    'aws_launch_template',
    (kind) => ({ user_data: base64(multipart(kind)) }),
    () => ['user_data'],
  ),
  attribute(
    'launch template, cloud-config',
    'aws_launch_template',
    (kind) => ({ user_data: base64(cloudConfig(kind)) }),
    () => ['user_data'],
  ),
  attribute(
    'launch configuration',
    'aws_launch_configuration',
    (kind) => ({ user_data: script(kind) }),
    () => ['user_data'],
  ),
  attribute(
    'spot fleet',
    'aws_spot_fleet_request',
    (kind) => ({ launch_specification: [{ user_data: base64(script(kind)) }] }),
    () => ['launch_specification', 0, 'user_data'],
  ),
  attribute(
    'Lightsail instance',
    'aws_lightsail_instance',
    (kind) => ({ user_data: script(kind) }),
    () => ['user_data'],
  ),
  attribute(
    'notebook, on start',
    'aws_sagemaker_notebook_instance_lifecycle_configuration',
    (kind) => ({ on_start: base64(script(kind)) }),
    () => ['on_start'],
  ),
  attribute(
    'notebook, on create',
    'aws_sagemaker_notebook_instance_lifecycle_configuration',
    (kind) => ({ on_create: base64(script(kind)) }),
    () => ['on_create'],
  ),
  attribute(
    'Studio lifecycle',
    'aws_sagemaker_studio_lifecycle_config',
    (kind) => ({ studio_lifecycle_config_content: base64(script(kind)) }),
    () => ['studio_lifecycle_config_content'],
  ),
  attribute(
    'Systems Manager document',
    'aws_ssm_document',
    (kind) => ({
      content: JSON.stringify({ schemaVersion: '2.2', mainSteps: [{ inputs: { runCommand: [script(kind)] } }] }),
    }),
    () => ['content'],
  ),
  attribute(
    'Image Builder component',
    'aws_imagebuilder_component',
    (kind) => ({ data: `phases:\n  - commands:\n      - export ${kind.name}='${kind.value}'\n` }),
    () => ['data'],
  ),
  attribute(
    'S3 object',
    'aws_s3_object',
    (kind) => ({ content: script(kind) }),
    () => ['content'],
  ),
  attribute(
    'S3 object in base64',
    'aws_s3_object',
    (kind) => ({ content_base64: base64(script(kind)) }),
    () => ['content_base64'],
  ),
]
