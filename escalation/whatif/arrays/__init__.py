"""The array engine: a policy's ladder as a Boolean circuit, 64 regions or draws to a machine word."""
