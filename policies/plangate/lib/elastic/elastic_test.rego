package plangate.lib.elastic_test

import data.plangate.lib.elastic
import data.plangate.lib.fixture_test as fixture

test_by_the_instance if {
	_machines([_refers("aws_eip.this", {"instance": ["aws_instance.this.id"]})]) == {"aws_instance.this": [true]}
	_machines([_refers("aws_eip_association.this", {"instance_id": ["aws_instance.this.id"]})]) == {"aws_instance.this": [true]}
	_machines([_refers("aws_eip.this", {"instance": ["aws_spot_instance_request.this.spot_instance_id"]})]) == {
		"aws_spot_instance_request.this": [true],
	}
}

test_by_an_interface if {
	every address in [
		_refers("aws_eip.this", {"network_interface": ["aws_network_interface.this.id"]}),
		_refers("aws_eip_association.this", {"network_interface_id": ["aws_network_interface.this.id"]}),
	] {
		_machines([address, _bare]) == {}
		_machines([address, _bare, _with_interface]) == {"aws_instance.front": [true]}
		_machines([address, _attached]) == {"aws_instance.this": [true]}
		_machines([address, _bare, _attachment]) == {"aws_instance.this": [true]}
	}
}

test_one_of_several if {
	_machines([_refers("aws_eip.this", {"instance": ["aws_instance.this.id", "aws_instance.other.id"]})]) == {
		"aws_instance.this": [false],
		"aws_instance.other": [false],
	}
}

test_nothing_attached if {
	_machines([fixture.known("aws_eip.this", {"domain": "vpc"})]) == {}
	_machines([fixture.resource(
		"aws_eip.this",
		{"instance": null}, {},
		{"instance": fixture.refers(["aws_instance.this.id"])},
	)]) == {}
	_machines([_refers("aws_eip.this", {"instance": ["terraform_data.x.output"]})]) == {}
}

_machines(resources) := machines if {
	all := array.concat(resources, [
		fixture.known("aws_instance.this", {}),
		fixture.known("aws_instance.other", {}),
		fixture.known("aws_spot_instance_request.this", {}),
	])
	machines := elastic.machines with input as fixture.plan(all)
}

_bare := fixture.known("aws_network_interface.this", {})

_with_interface := fixture.resource(
	"aws_instance.front",
	{"network_interface": [{"device_index": 0}]},
	{"network_interface": [{"network_interface_id": true}]},
	{"network_interface": [{"network_interface_id": fixture.refers(["aws_network_interface.this.id"])}]},
)

_attached := fixture.resource(
	"aws_network_interface.this",
	{"attachment": [{"device_index": 1}]},
	{"attachment": [{"instance": true}]},
	{"attachment": [{"instance": fixture.refers(["aws_instance.this.id"])}]},
)

_attachment := _refers("aws_network_interface_attachment.this", {
	"network_interface_id": ["aws_network_interface.this.id"],
	"instance_id": ["aws_instance.this.id"],
})

_refers(address, references) := fixture.resource(
	address, {},
	{name: true | some name, _ in references},
	{name: fixture.refers(list) | some name, list in references},
)
