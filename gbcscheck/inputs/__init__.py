"""What is read before anything is understood: files, archives, XML, JSON and TOML with places, git, the cache."""
