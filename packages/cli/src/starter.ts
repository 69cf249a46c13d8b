/** A file that `plangate init` writes, and what is left to do then. */
export interface StartFile {
  readonly path: string
  readonly text: string
  readonly next?: string
}

/** Where pipelines run. */
export type Pipeline = 'github' | 'gitlab' | 'azure'

/** The config, with the repository's own policies beside the library where it has a folder of them. */
export const configFile = (hasOwn: boolean): StartFile => ({
  path: 'plangate.yaml',
  text: `# yaml-language-server: $schema=node_modules/@plangate/policies/plangate.schema.json
# How strict the gate is: a flag comes before its environment variable, and that before this file.

# prod holds unless something else is said: --env dev, or PLANGATE_ENV in the pipeline of another environment.
environment: prod

# What only the apply can tell warns; \`fail\` stops the pipeline, \`ignore\` hides it.
undecided: warn

waiver_files: [plangate.waivers.yaml]
${hasOwn ? '\n# The library, and the policies of this repository.\npolicy: [builtin, policy]\n' : ''}
# What policies should know of your organisation; \`plangate list\` shows which wait for it.
# parameters:
#   SM-009: { approved_instance_types: [ml.g5.*] }
`,
})

/** The file of waivers, with one as an example. */
export const waiverFile = (): StartFile => ({
  path: 'plangate.waivers.yaml',
  text: `# yaml-language-server: $schema=node_modules/@plangate/policies/waivers.schema.json
# Findings that somebody accepts, each with an owner, a reason and, best, a last day:
#
#   - policy: SM-011
#     address: module.endpoint["chat"].aws_sagemaker_model.this
#     owner: ml-platform
#     reason: the model asks a licence server when it starts
#     ticket: ML-7
#     expires: 2027-06-30
waivers: []
`,
})

/** The pipelines: each plans, and gates what was planned. */
export const ciFiles: Readonly<Record<Pipeline, readonly StartFile[]>> = {
  github: [
    {
      path: '.github/workflows/plangate.yml',
      next: 'give the workflow what `terraform plan` needs to sign in, and commit',
      text: `name: plangate
on: pull_request
permissions:
  contents: read
  security-events: write
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: hashicorp/setup-terraform@v3
        with:
          terraform_wrapper: false
      - uses: actions/setup-node@v5
        with:
          node-version: 22
      - run: terraform init -input=false
      - run: terraform plan -input=false -out tf.plan
      - run: terraform show -json tf.plan | npx --yes plangate test - --output github --output sarif=plangate.sarif
      - uses: github/codeql-action/upload-sarif@v3
        if: always() && hashFiles('plangate.sarif') != ''
        with:
          sarif_file: plangate.sarif
`,
    },
  ],
  gitlab: [
    {
      path: '.gitlab/plangate.gitlab-ci.yml',
      next: 'add `include: { local: .gitlab/plangate.gitlab-ci.yml }` to .gitlab-ci.yml, and commit',
      text: `plangate:
  stage: test
  image: node:22
  # An earlier job plans, and keeps tf.plan.json, what \`terraform show -json tf.plan\` prints, as an artifact.
  script:
    - npx --yes plangate test tf.plan.json --output gitlab=gl-code-quality-report.json --output gitlab-sast=gl-sast-report.json --output junit=plangate.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      sast: gl-sast-report.json
      junit: plangate.xml
`,
    },
  ],
  azure: [
    {
      path: '.azure/plangate.yml',
      next: 'add `- template: .azure/plangate.yml` to the steps behind `terraform plan -out tf.plan`, and commit',
      text: `steps:
  - script: terraform show -json tf.plan | npx --yes plangate test - --output azuredevops --output junit=plangate.xml
    displayName: plangate
  - task: PublishTestResults@2
    condition: always()
    inputs:
      testResultsFiles: plangate.xml
      testRunTitle: plangate
`,
    },
  ],
}
