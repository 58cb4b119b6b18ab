"""What other programs that make a newspaper of feeds take, beside this one."""
