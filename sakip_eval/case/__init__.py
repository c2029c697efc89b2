"""What an agency submitted and what its raters said: case files, their checks, and the skeleton of a new one."""
