# METADATA
# title: What models are made of
# description: >-
#   Finds the containers of a SageMaker model and the objects in S3 that they load, base models and adapters alike. The
#   provider computes `model_data_source` where nobody writes it, so the whole of it being unknown says nothing.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3ModelDataSource.html
package plangate.lib.model_sources

import data.plangate.lib.plan

# METADATA
# description: The paths of the containers of a model.
containers(model) := {container.path |
	some name in _containers
	some container in plan.blocks(model, [name])
}

# METADATA
# description: The paths of the `s3_data_source` blocks in all containers of a model.
objects(model) := {object_.path |
	some path in _sources(model)
	some object_ in plan.blocks(model, path)
}

# METADATA
# description: The paths of containers and sources that are written over a collection which only the apply knows.
unseen(model) := {path |
	some path in ((({[name] | some name in _containers} | containers(model)) | _sources(model)) | objects(model))
	plan.computed(model, path)
}

_sources(model) := {array.concat(source.path, ["s3_data_source"]) |
	some container in containers(model)
	some name in {"model_data_source", "additional_model_data_source"}
	some source in plan.blocks(model, array.concat(container, [name]))
}

_containers := {"primary_container", "container"}
