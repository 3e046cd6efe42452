"""A whole demonstration district out of a folder of data: real names and outline, all else made.

Nothing here knows a particular district. The folder names the outline, the streets and communities,
the metric projection, and how thick, busy and slow everything is.
"""

from geodata.demo.demo import Demo, generate
from geodata.demo.folder import Folder, read

__all__ = ["Demo", "Folder", "generate", "read"]
