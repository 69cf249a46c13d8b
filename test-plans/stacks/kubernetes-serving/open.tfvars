hardened     = false
provider_key = "sk-proj-9f3KxQ2LmZ7vTbYcR4WdHs1NpUeJ8oAgXi6yCqVt0rBw5zMk"
