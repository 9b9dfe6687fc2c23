"""What is read before anything is understood: files, archives, XML, JSON, TOML and YAML with places, git, the cache."""
