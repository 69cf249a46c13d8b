locals { ami = "ami-0a1b2c3d4e5f67890" }

resource "terraform_data" "support_settings" {
  input = "from the platform team"
}

resource "aws_kms_key" "support_ebs" {
  description = "GPU volumes"
}

resource "aws_ebs_volume" "support_plain" {
  availability_zone = "eu-west-1a"
  size              = 500
}

variable "encrypt" {
  type    = bool
  default = false
}

# root volume not encrypted
resource "aws_instance" "deny_root_false" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500
    encrypted = false
  }
}

# root block without encrypted
resource "aws_instance" "deny_root_absent" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500

  }
}

# explicit null
resource "aws_instance" "deny_root_null" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500
    encrypted = null
  }
}

# root encrypted, data volume not
resource "aws_instance" "deny_data_false" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500
    encrypted = true
  }
  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 2000
    encrypted = false
  }
}

# root encrypted, data volume without encrypted
resource "aws_instance" "deny_data_absent" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500
    encrypted = true
  }
  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 2000

  }
}

# second data volume
resource "aws_instance" "deny_second_data" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500
    encrypted = true
  }
  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 2000
    encrypted = true
  }
  ebs_block_device {
    device_name = "/dev/sdg"
    volume_size = 2000
    encrypted = false
  }
}

# variable
resource "aws_instance" "deny_variable" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500
    encrypted = var.encrypt
  }
}

# dynamic block
resource "aws_instance" "deny_dynamic" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500
    encrypted = true
  }
  dynamic "ebs_block_device" {
    for_each = ["/dev/sdf", "/dev/sdg"]
    content {
      device_name = ebs_block_device.value
      volume_size = 1000
      encrypted   = false
    }
  }
}

# a string that the provider converts to false
resource "aws_instance" "deny_string" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500
    encrypted = "false"
  }
}

# for_each
resource "aws_instance" "each" {
  for_each = { deny_lab = false, allow_train = true }
  ami = local.ami
  instance_type = "g6.12xlarge"
  root_block_device {
    volume_size = 500
    encrypted = each.value
  }
}

# count
resource "aws_instance" "deny_count" {
  count = 2
  ami = local.ami
  instance_type = "g5.xlarge"
  root_block_device {
    volume_size = 500
    encrypted = false
  }
}

# root volume encrypted
resource "aws_instance" "allow_root" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500
    encrypted = true
  }
}

# root and data encrypted with the customer key
resource "aws_instance" "allow_both" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500
    encrypted = true
    kms_key_id = aws_kms_key.support_ebs.arn
  }
  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 2000
    encrypted = true
    kms_key_id = aws_kms_key.support_ebs.arn
  }
}

# not a GPU
resource "aws_instance" "allow_not_gpu" {
  ami = local.ami
  instance_type = "m7g.large"
  root_block_device {
    volume_size = 500
    encrypted = false
  }
}

# local NVMe is encrypted by the hardware
resource "aws_instance" "allow_ephemeral" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500
    encrypted = true
  }
  ephemeral_block_device {
    device_name  = "/dev/sdb"
    virtual_name = "ephemeral0"
  }
}

# opaque
resource "aws_instance" "undecided_root" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500
    encrypted = terraform_data.support_settings.output
  }
}

# opaque data volume
resource "aws_instance" "undecided_data" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500
    encrypted = true
  }
  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 2000
    encrypted = tobool(terraform_data.support_settings.output)
  }
}

# opaque instance type, not encrypted
resource "aws_instance" "undecided_type" {
  ami = local.ami
  instance_type = terraform_data.support_settings.output
  root_block_device {
    volume_size = 500
    encrypted = false
  }
}

# opaque instance type, encrypted
resource "aws_instance" "allow_type_unknown_encrypted" {
  ami = local.ami
  instance_type = terraform_data.support_settings.output
  root_block_device {
    volume_size = 500
    encrypted = true
  }
}

# root opaque, data volume open
resource "aws_instance" "deny_data_whatever_root" {
  ami = local.ami
  instance_type = "p5.48xlarge"
  root_block_device {
    volume_size = 500
    encrypted = terraform_data.support_settings.output
  }
  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 2000
    encrypted = false
  }
}

# module default
module "deny_module_default" {
  source = "./mod"
  name = "default"
}

# module told to encrypt
module "allow_module" {
  source = "./mod"
  name = "encrypted"
  encrypted = true
}
