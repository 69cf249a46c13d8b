# METADATA
# title: What an instance type has
# description: >-
#   Reads EC2 instance types (`p5.48xlarge`), SageMaker ones (`ml.p5.48xlarge`), bare families (`p5`, as AWS Batch takes
#   them) and patterns over sizes (`p5.*`). Families are told by EC2's naming rule, so that new generations count.
# related_resources:
#   - ref: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
#   - ref: https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/InstanceStorage.html
package plangate.lib.instances

# METADATA
# description: >-
#   The family of an instance type, `p4d` of `ml.p4d.24xlarge` and `p6-b200` of `p6-b200.48xlarge`. Undefined for what
#   is no text.
family(type) := split(trim_prefix(lower(type), "ml."), ".")[0] if is_string(type)

# METADATA
# description: >-
#   Whether instances of this type carry GPUs or other accelerators for machine learning: GPU families (`p`, `g`, `gr`),
#   Trainium, Inferentia and the Gaudi and Qualcomm ones. Graviton families that end in a g (`m7g`), FPGAs and video
#   transcoders do not count.
gpu(type) if regex.match(`^(p|g|gr|trn|inf|dl)[0-9]+[a-z]*(-[a-z0-9]+)?$`, family(type))

# METADATA
# description: >-
#   Whether instances of this type have local NVMe storage, to which SageMaker writes instead of to a volume: by the
#   letter d of EC2's naming rule, by a storage family, or as an accelerator family that comes with it.
local_storage(type) if regex.match(`^(m|c|r|x|z|hpc)[0-9]+[a-z]*d[a-z]*(-[a-z0-9]+)?$`, family(type))

local_storage(type) if regex.match(`^((i|is|im|d|h)[0-9]+[a-z]*|x1e?)(-[a-z0-9]+)?$`, family(type))

local_storage(type) if regex.match(`^(p3dn|p[4-9][0-9]*[a-z]*|trn[0-9]+[a-z]*|dl1)(-[a-z0-9]+)?$`, family(type))

local_storage(type) if regex.match(`^(g4dn|g4ad|g5|(g|gr)[6-9][a-z]*)$`, family(type))
