"""GET /api/health: is the service able to answer?"""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from gridsvc import db, schema

router = APIRouter(tags=["health"])


class HealthOut(BaseModel):
    database: bool
    schema_current: bool


@router.get("/health", response_model=HealthOut, responses={503: {"model": HealthOut}})
def health(response: Response) -> HealthOut:
    """200 when the database answers and every migration has run, else 503 with what is missing."""
    try:
        with db.engine.connect() as connection:
            health = HealthOut(database=True, schema_current=schema.is_current(connection))
    except SQLAlchemyError:
        health = HealthOut(database=False, schema_current=False)
    if not health.schema_current:
        response.status_code = 503
    return health
