# METADATA
# title: Environments of containers and functions
# description: >-
#   Reads environment variables wherever they are written: a map, a list of name and value, or either inside a JSON
#   string. Answers with the paths of variables that carry a credential, `[attribute, …, variable]`, never with values.
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
package plangate.lib.environment

import data.plangate.lib.credentials
import data.plangate.lib.origin
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

# METADATA
# description: >-
#   The paths of credentials in the map at `path`: by shape or name, or copied in from something that Terraform marks as
#   sensitive. The path is that of the map where all of it is marked, or where it is unknown and made from a secret.
in_map(r, path) := known | _made_from_secrets(r, path) if {
	known := {array.concat(path, [name]) |
		some name, value in plan.known(r, path)
		_carries(r, path, array.concat(path, [name]), name, value)
	}
	is_object(plan.known(r, path))
	not credentials.sensitive(r, path)
} else := {path} if {
	_not_empty(plan.known(r, path))
	_copied(r, path, path)
} else := {path} if {
	plan.unknown(r, path)
	origin.secret(r, path)
} else := set()

# METADATA
# description: Whether only the apply tells what the map at `path` carries.
open_map(r, path) if {
	plan.unknown(r, path)
	count(in_map(r, path)) == 0
}

# Some providers keep the variables that are known beside those that are not, of which only the names are there. What they
# are made of, the configuration tells for the map as a whole.
open_map(r, path) if {
	count(_unknown_names(r, path)) > 0
	count(in_map(r, path)) == 0
	not _names_resources(r, path)
}

# METADATA
# description: >-
#   The paths of credentials in the blocks at `path` that have a name and a value. The name stands for the block's index.
in_blocks(r, path) := {_block_path(path, block) |
	some block in plan.blocks(r, path)
	_block_carries(r, path, block)
}

# METADATA
# description: >-
#   The paths of the blocks at `path`, or `path` itself, of which only the apply tells what they carry. A value that comes
#   from an address, a name or an identifier of another resource is no secret.
open_blocks(r, path) := {path} if {
	plan.computed(r, path)
} else := {_block_path(path, block) |
	some block in plan.blocks(r, path)
	value := array.concat(block.path, ["value"])
	plan.unknown(r, value)
	not origin.resources(r, value)
	not _block_carries(r, path, block)
}

# METADATA
# description: >-
#   What the JSON string at `path` holds. Undefined when it is absent, unknown or no JSON.
json_at(r, path) := document if {
	text := plan.known(r, path)
	is_string(text)
	json.is_valid(text)
	document := json.unmarshal(text)
}

# METADATA
# description: >-
#   The paths of credentials in containers of a JSON document, each `{"path", "value"}`: in `environment`, a list of name
#   and value, in what is started, `command` and `entryPoint`, and in whatever else a container has, such as options of
#   its log driver, labels and checks.
in_containers(containers) := (variables | arguments) | others if {
	variables := {array.concat(container.path, ["environment", name]) |
		some container in containers
		some variable in _list(object.get(container.value, "environment", []))
		name := _name(variable)
		credentials.entry(name, object.get(variable, "value", ""))
	}
	arguments := {array.concat(container.path, [part]) |
		some container in containers
		some part in ["command", "entryPoint"]
		started(object.get(container.value, part, []))
	}
	others := {array.concat(container.path, array.concat([part], inner)) |
		some container in containers
		some part, value in container.value
		not part in {"environment", "command", "entryPoint", "secrets"}
		some inner in credentials.paths(part, value)
	}
}

# METADATA
# description: Whether a command line, given as a list, holds a credential.
started(words) if {
	texts := [word | some word in _list(words); is_string(word)]
	credentials.text(concat(" ", texts))
}

# METADATA
# description: Whether the string at `path` is known and marked as sensitive.
marked(r, path) if {
	_not_empty(plan.known(r, path))
	_copied(r, path, path)
}

_made_from_secrets(r, path) := {path |
	count(_unknown_names(r, path)) > 0
	origin.secret(r, path)
}

_unknown_names(r, path) := {name |
	some name, unknown in object.get(r.change.after_unknown, path, {})
	unknown == true
}

# Variables of the root module are known, so what is unknown comes from the resources alone.
_names_resources(r, path) if {
	ends := configuration.ends(r, path)
	count(ends) > 0
	every end in ends {
		regex.match(`^(data\.)?aws_`, end.type)
		not origin.opaque(end.type)
	}
}

_carries(_, _, _, name, value) if credentials.entry(name, value)

_carries(r, path, at, _, value) if {
	_not_empty(value)
	_copied(r, path, at)
}

_block_carries(_, _, block) if credentials.entry(_name(block.value), object.get(block.value, "value", null))

_block_carries(r, _, block) if {
	value := array.concat(block.path, ["value"])
	_not_empty(plan.known(r, value))
	_copied(r, value, value)
}

# The configuration does not tell repeated blocks apart, so a secret among their references is that of the one block
# whose value is unknown, or nothing is said.
_block_carries(r, path, block) if {
	value := array.concat(block.path, ["value"])
	plan.unknown(r, value)
	count([b | some b in plan.blocks(r, path); plan.computed(r, array.concat(b.path, ["value"]))]) == 1
	origin.secret(r, value)
}

_block_path(path, block) := array.concat(path, [_name(block.value)]) if {
	_name(block.value) != ""
} else := block.path

# A mark says that the value came from something sensitive. Parameters of Systems Manager are always marked, whatever
# they hold, so beside them only names and shapes count.
_copied(r, path, at) if {
	credentials.sensitive(r, at)
	not _beside_parameter(r, path)
}

_beside_parameter(r, path) if {
	some source in origin.references(r, path)
	startswith(source, "data.aws_ssm_parameter.")
}

_beside_parameter(r, path) if {
	some parameter in configuration.instances(r, path, "aws_ssm_parameter")
	plan.known(parameter, ["type"]) != "SecureString"
}

_name(variable) := variable.name if {
	is_string(variable.name)
} else := ""

_list(value) := value if {
	is_array(value)
} else := []

_not_empty(value) if not value in {"", null}
