"""`python -m gridsvc.circulars MOMENT`: make what is due, in a process that ends with it."""

import logging
import sys
from datetime import datetime

from gridsvc.circulars import keeping

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    sys.exit(keeping.make_due(datetime.fromisoformat(sys.argv[1])).failed > 0)
